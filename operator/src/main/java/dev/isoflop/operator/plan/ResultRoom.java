package dev.isoflop.operator.plan;

import dev.isoflop.api.v1alpha1.ScalingSweepSpec;
import dev.isoflop.api.v1alpha1.bounds.Bounds;
import dev.isoflop.api.v1alpha1.data.DatasetSpec;
import dev.isoflop.metric.Metric;
import dev.isoflop.metric.MetricValue;
import dev.isoflop.trial.LeftOut;
import dev.isoflop.trial.TerminationMessage;
import dev.isoflop.trial.TrialOutcome;
import dev.isoflop.trial.TrialResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;

/**
 * The room that a trial's result has in the message of a pod. A result with numbers and digests
 * that cannot be compressed stands for those of every trial.
 */
final class ResultRoom {
  private static final int DIGEST_DIGITS = 64;

  /** Results of the same length differ by some bytes when compressed. */
  private static final int SPARE_BYTES = 128;

  private final SplittableRandom random = new SplittableRandom(1);

  private ResultRoom() {}

  /** Why the results of these trials could not be told; empty if they can. */
  static Optional<PlanError> refusal(ScalingSweepSpec spec, List<PlannedTrial> trials) {
    Optional<PlannedTrial> longest =
        trials.stream().max(Comparator.comparingInt(trial -> trial.name().length()));
    List<Metric> metrics = spec.evaluation().metrics();
    if (longest.isEmpty() || fits(spec, longest.get(), metrics)) {
      return Optional.empty();
    }
    int room = metrics.size() - 1;
    while (room > 0 && !fits(spec, longest.get(), metrics.subList(0, room))) {
      room--;
    }
    return Optional.of(
        new PlanError.TooManyMeasurements(metrics.size(), spec.data().evaluation().size(), room));
  }

  private static boolean fits(ScalingSweepSpec spec, PlannedTrial trial, List<Metric> metrics) {
    return metrics.size() * spec.data().evaluation().size() <= Bounds.METRICS
        && TerminationMessage.of(new ResultRoom().result(spec, trial, metrics)).length
            <= TerminationMessage.LARGEST_BYTES - SPARE_BYTES;
  }

  private TrialResult result(ScalingSweepSpec spec, PlannedTrial trial, List<Metric> metrics) {
    List<MetricValue> values = new ArrayList<>();
    List<LeftOut> leftOut = new ArrayList<>();
    leftOut.add(new LeftOut("data.train", spec.data().train().name(), random.nextInt(1 << 20)));
    for (int i = 0; i < spec.data().evaluation().size(); i++) {
      DatasetSpec set = spec.data().evaluation().get(i);
      leftOut.add(new LeftOut("data.evaluation[" + i + "]", set.name(), random.nextInt(1 << 20)));
      for (Metric metric : metrics) {
        values.add(
            new MetricValue(
                metric,
                set.name(),
                -random.nextDouble() * 1e-4,
                random.nextDouble() * 1e-4,
                spec.evaluation().samples(),
                "sha256:" + digest()));
      }
    }
    return new TrialResult(
        trial.name(),
        trial.key(),
        TrialOutcome.succeeded(),
        random.nextLong(Long.MAX_VALUE),
        random.nextLong(Long.MAX_VALUE),
        random.nextLong(Long.MAX_VALUE),
        random.nextDouble() * 1e12,
        random.nextDouble() * 1e12,
        random.nextDouble() * 1e22,
        random.nextDouble(),
        values,
        random.nextDouble() * 1e6,
        random.nextDouble() * 1e6,
        random.nextDouble(),
        "x".repeat(Bounds.SOFTWARE / 2) + digest(),
        random.nextLong(Long.MAX_VALUE),
        leftOut);
  }

  private String digest() {
    return random
        .ints(DIGEST_DIGITS, 0, 16)
        .mapToObj(Integer::toHexString)
        .collect(Collectors.joining());
  }
}
