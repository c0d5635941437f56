package dev.isoflop.operator.laws;

import java.util.ArrayList;
import java.util.List;

/**
 * Sorts points into budgets when their FLOPs scatter.
 *
 * <p>Agglomerative with complete linkage on log C: neighbouring groups merge, closest pair first,
 * while the merged group still spans no more than +-tolerance about a centre. Every group is
 * therefore as narrow as the tolerance says (a chain of near neighbours cannot grow into one wide
 * group) and the result does not depend on the order of the points.
 */
final class BudgetGroups {

  private BudgetGroups() {}

  /**
   * Groups the points.
   *
   * @param points in canonical order
   * @return the groups by ascending budget, each in canonical order
   */
  static List<List<TrainedPoint>> of(List<TrainedPoint> points, double tolerance) {
    List<List<TrainedPoint>> groups = new ArrayList<>();
    for (TrainedPoint point : points) {
      if (groups.isEmpty() || last(last(groups)).budget() != point.budget()) {
        groups.add(new ArrayList<>());
      }
      last(groups).add(point);
    }
    double limit = (1 + tolerance) / (1 - tolerance);
    while (true) {
      int closest = -1;
      double span = limit;
      for (int i = 0; i + 1 < groups.size(); i++) {
        double merged = last(groups.get(i + 1)).budget() / groups.get(i).get(0).budget();
        if (closest < 0 ? merged <= span : merged < span) {
          closest = i;
          span = merged;
        }
      }
      if (closest < 0) {
        return groups;
      }
      groups.get(closest).addAll(groups.remove(closest + 1));
    }
  }

  /** The budget that stands for a group: the common one, or the geometric mean. */
  static double representative(List<TrainedPoint> group) {
    double first = group.get(0).budget();
    double sum = 0;
    boolean common = true;
    for (TrainedPoint point : group) {
      common &= point.budget() == first;
      sum += StrictMath.log(point.budget());
    }
    return common ? first : StrictMath.exp(sum / group.size());
  }

  private static <T> T last(List<T> list) {
    return list.get(list.size() - 1);
  }
}
