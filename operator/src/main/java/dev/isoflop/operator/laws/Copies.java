package dev.isoflop.operator.laws;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds rows that repeat another in every number. Two trainings never end on the same bits unless
 * they are the same training, so a copy is a slip of the table and must not count twice.
 */
final class Copies {

  private Copies() {}

  /** The points without their copies, which are named among the findings. */
  static List<TrainedPoint> without(List<TrainedPoint> canonical, List<Finding> findings) {
    List<TrainedPoint> distinct = new ArrayList<>();
    for (TrainedPoint point : canonical) {
      TrainedPoint previous = distinct.isEmpty() ? null : distinct.get(distinct.size() - 1);
      if (previous != null && sameNumbers(previous, point)) {
        findings.add(
            new Reservation.CopiedTrial(
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
