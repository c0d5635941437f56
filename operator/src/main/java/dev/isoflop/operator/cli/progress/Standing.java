package dev.isoflop.operator.cli.progress;

import dev.isoflop.api.v1alpha1.ComputeStatus;
import dev.isoflop.operator.cli.text.Figures;
import dev.isoflop.operator.local.SweepSnapshot;
import dev.isoflop.operator.local.TrialState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** How a whole sweep stands, in one line. */
final class Standing {
  private Standing() {}

  /**
   * {@code 7/20 ended (1 excluded), 2 running, 11 queued; 3.1e10 of 1.1e11 FLOPs; 2m 10s so far,
   * about 3m left}.
   */
  static String of(SweepSnapshot snapshot, Instant started) {
    long excluded = snapshot.count(TrialState.Excluded);
    long failed = snapshot.count(TrialState.Failed);
    long ended = snapshot.count(TrialState.Succeeded) + excluded + failed;
    long stopping = snapshot.count(TrialState.Stopping);
    List<String> badly = new ArrayList<>();
    if (excluded > 0) {
      badly.add(excluded + " excluded");
    }
    if (failed > 0) {
      badly.add(failed + " failed");
    }
    StringBuilder line = new StringBuilder();
    line.append("%d/%d ended".formatted(ended, snapshot.trials().size()));
    line.append(badly.isEmpty() ? "" : " (" + String.join(", ", badly) + ")");
    line.append(", %d running".formatted(snapshot.count(TrialState.Running)));
    line.append(stopping == 0 ? "" : ", %d stopping".formatted(stopping));
    line.append(", %d queued".formatted(snapshot.count(TrialState.Waiting)));
    ComputeStatus compute = snapshot.status().compute();
    if (compute != null) {
      line.append(
          "; %s of %s FLOPs"
              .formatted(
                  Figures.flops(compute.spentFlops()), Figures.flops(compute.plannedFlops())));
    }
    line.append("; ").append(Figures.duration(Duration.between(started, snapshot.at())));
    line.append(" so far");
    String end = compute == null ? null : compute.estimatedCompletion();
    if (end != null) {
      Duration left = Duration.between(snapshot.at(), Instant.parse(end));
      line.append(", about ").append(Figures.duration(left)).append(" left");
    }
    return line.toString();
  }
}
