package dev.isoflop.laws.isoflop;

import dev.isoflop.laws.data.TrainedPoint;
import dev.isoflop.laws.finding.Finding;
import dev.isoflop.laws.finding.FitWarning;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds rows that repeat another in every number. Two trainings never end on the same bits unless
 * they are the same training, so a copy is a slip of the table and must not count twice.
 */
public final class DuplicateTrials {

  private DuplicateTrials() {}

  /** The points without their copies, which are named among the findings. */
  public static List<TrainedPoint> without(List<TrainedPoint> canonical, List<Finding> findings) {
    List<TrainedPoint> distinct = new ArrayList<>();
    for (TrainedPoint point : canonical) {
      TrainedPoint previous = distinct.isEmpty() ? null : distinct.get(distinct.size() - 1);
      if (previous != null && sameNumbers(previous, point)) {
        findings.add(
            new FitWarning.CopiedTrial(
                point.trial(), previous.trial(), point.budget(), point.parameters()));
      } else {
        distinct.add(point);
      }
    }
    return distinct;
  }

  private static boolean sameNumbers(TrainedPoint a, TrainedPoint b) {
    return a.budget() == b.budget()
        && a.parameters() == b.parameters()
        && a.tokens() == b.tokens()
        && a.loss().equals(b.loss())
        && a.metrics().equals(b.metrics());
  }
}
