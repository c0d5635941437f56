package dev.isoflop.laws.data;

import java.util.Comparator;
import java.util.List;

/**
 * One run's smoothed loss along its training.
 *
 * @param trial names the run in findings
 * @param parameters N
 * @param constantRate whether the learning rate was constant after the warm-up. Only then would a
 *     run that had ended at a snapshot have ended with its loss; under a decaying rate it would
 *     have ended lower, as its rate would have decayed by then (Hoffmann et al. 2022, section 3.1)
 * @param warmupTokens the rate was still rising until then, and the loss too high
 * @param snapshots of which those after the warm-up count
 */
public record TrainingCurve(
    String trial,
    double parameters,
    boolean constantRate,
    double warmupTokens,
    List<Snapshot> snapshots) {

  public TrainingCurve {
    if (!(parameters > 0 && Double.isFinite(parameters))) {
      throw new IllegalArgumentException(
          "parameters: " + parameters + " (trial '" + trial + "') must be a positive count");
    }
    if (!(warmupTokens >= 0)) {
      throw new IllegalArgumentException(
          "warmupTokens: " + warmupTokens + " (trial '" + trial + "') must not be negative");
    }
    snapshots = snapshots.stream().sorted(Comparator.comparingDouble(Snapshot::flops)).toList();
  }

  /** The snapshots after the warm-up, by compute. */
  public List<Snapshot> settled() {
    return snapshots.stream().filter(snapshot -> snapshot.tokens() >= warmupTokens).toList();
  }
}
