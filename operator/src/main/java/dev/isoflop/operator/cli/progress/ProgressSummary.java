package dev.isoflop.operator.cli.progress;

import dev.isoflop.api.v1alpha1.status.ComputeStatus;
import dev.isoflop.laws.text.NumberFormat;
import dev.isoflop.operator.local.run.DisplayState;
import dev.isoflop.operator.local.run.SweepSnapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Summary of a sweep's progress in a few lines. */
final class ProgressSummary {
  private ProgressSummary() {}

  /**
   * {@code 7/20 ended (1 excluded), 2 running, 11 queued; 3.1e10 of 1.1e11 FLOPs; 2m 10s so far,
   * about 3m left}.
   */
  static String of(SweepSnapshot snapshot, Instant started) {
    return String.join("; ", parts(snapshot, started));
  }

  /** The same in lines of so many columns, broken between its parts where they are wide enough. */
  static List<String> of(SweepSnapshot snapshot, Instant started, int columns) {
    List<String> lines = new ArrayList<>();
    for (String part : parts(snapshot, started)) {
      int last = lines.size() - 1;
      if (last >= 0 && lines.get(last).length() + 2 + part.length() <= columns) {
        lines.set(last, lines.get(last) + "; " + part);
      } else {
        lines.add(part);
      }
    }
    return lines;
  }

  private static List<String> parts(SweepSnapshot snapshot, Instant started) {
    long excluded = snapshot.count(DisplayState.Excluded);
    long failed = snapshot.count(DisplayState.Failed);
    long ended = snapshot.count(DisplayState.Succeeded) + excluded + failed;
    long stopping = snapshot.count(DisplayState.Stopping);
    List<String> badly = new ArrayList<>();
    if (excluded > 0) {
      badly.add(excluded + " excluded");
    }
    if (failed > 0) {
      badly.add(failed + " failed");
    }
    StringBuilder trials = new StringBuilder();
    trials.append("%d/%d ended".formatted(ended, snapshot.trials().size()));
    trials.append(badly.isEmpty() ? "" : " (" + String.join(", ", badly) + ")");
    trials.append(", %d running".formatted(snapshot.count(DisplayState.Running)));
    trials.append(stopping == 0 ? "" : ", %d stopping".formatted(stopping));
    trials.append(", %d queued".formatted(snapshot.count(DisplayState.Waiting)));
    List<String> parts = new ArrayList<>(List.of(trials.toString()));
    ComputeStatus compute = snapshot.status().compute();
    if (compute != null) {
      parts.add(
          "%s of %s FLOPs"
              .formatted(
                  NumberFormat.flops(compute.spentFlops()),
                  NumberFormat.flops(compute.plannedFlops())));
    }
    String time = NumberFormat.duration(Duration.between(started, snapshot.at())) + " so far";
    parts.add(
        left(snapshot)
            .map(left -> ", about " + NumberFormat.duration(left) + " left")
            .map(time::concat)
            .orElse(time));
    if (!snapshot.window().open() && snapshot.count(DisplayState.Waiting) > 0) {
      parts.add(
          LaunchWindowText.closed(
              snapshot.sweep().getSpec().scheduling().window(), snapshot.window(), snapshot.at()));
    }
    return parts;
  }

  /** Time left; at least that of the trial that runs longest. */
  private static Optional<Duration> left(SweepSnapshot snapshot) {
    ComputeStatus compute = snapshot.status().compute();
    String end = compute == null ? null : compute.estimatedCompletion();
    if (end == null) {
      return Optional.empty();
    }
    Duration estimated = Duration.between(snapshot.at(), Instant.parse(end));
    return Stream.concat(
            Stream.of(estimated),
            snapshot.trials().stream()
                .filter(trial -> trial.state() == DisplayState.Running)
                .flatMap(trial -> trial.left().stream()))
        .max(Duration::compareTo);
  }
}
