package dev.isoflop.laws.isoflop;

import dev.isoflop.laws.data.TrainedPoint;
import dev.isoflop.laws.finding.Finding;
import dev.isoflop.laws.finding.FitError;
import dev.isoflop.laws.finding.FitWarning;
import java.util.ArrayList;
import java.util.List;

/**
 * Sorts points into budgets when their FLOPs scatter.
 *
 * <p>Agglomerative with complete linkage on log C: neighbouring groups merge, closest pair first,
 * while all of the merged group lies within the tolerance of a common centre, so that its largest
 * budget is at most {@code (1 + tolerance) / (1 - tolerance)} times its smallest. Every group is
 * therefore as narrow as the tolerance says (a chain of near neighbours cannot grow into one wide
 * group) and the result does not depend on the order of the points.
 *
 * <p>A budget that three sizes or more share exactly was planned. Two planned budgets stay apart,
 * however close they are: each has a curve of its own.
 */
public final class BudgetGroups {

  /** Budgets closer than this are equal but for the arithmetic that made them. */
  private static final double EXACT = 1e-9;

  private BudgetGroups() {}

  /** Points of one curve so far. */
  private static final class Group {
    private final List<TrainedPoint> points = new ArrayList<>();
    private boolean planned;

    double smallest() {
      return points.get(0).budget();
    }

    double largest() {
      return points.get(points.size() - 1).budget();
    }

    void plan() {
      long sizes = points.stream().mapToDouble(TrainedPoint::parameters).distinct().count();
      planned = sizes >= FitError.TooFewSizes.NEEDED;
    }

    void absorb(Group other) {
      points.addAll(other.points);
      planned |= other.planned;
    }
  }

  /**
   * Groups the points.
   *
   * @param points in canonical order
   * @return the groups by ascending budget, each in canonical order
   */
  public static List<List<TrainedPoint>> of(List<TrainedPoint> points, double tolerance) {
    List<Group> groups = exact(points);
    double limit = (1 + tolerance) / (1 - tolerance);
    while (true) {
      int closest = -1;
      double span = Double.POSITIVE_INFINITY;
      for (int i = 0; i + 1 < groups.size(); i++) {
        double merged = groups.get(i + 1).largest() / groups.get(i).smallest();
        boolean apart = groups.get(i).planned && groups.get(i + 1).planned;
        if (!apart && merged <= limit && merged < span) {
          closest = i;
          span = merged;
        }
      }
      if (closest < 0) {
        return groups.stream().map(group -> group.points).toList();
      }
      groups.get(closest).absorb(groups.remove(closest + 1));
    }
  }

  private static List<Group> exact(List<TrainedPoint> points) {
    List<Group> groups = new ArrayList<>();
    for (TrainedPoint point : points) {
      if (groups.isEmpty()
          || point.budget() > groups.get(groups.size() - 1).smallest() * (1 + EXACT)) {
        groups.add(new Group());
      }
      groups.get(groups.size() - 1).points.add(point);
    }
    groups.forEach(Group::plan);
    return groups;
  }

  /** Notes the groups that hold unequal budgets. */
  public static void noteMerged(List<List<TrainedPoint>> groups, List<Finding> findings) {
    List<FitWarning.BudgetsMerged.Curve> merged = new ArrayList<>();
    for (List<TrainedPoint> group : groups) {
      double smallest = group.get(0).budget();
      double largest = group.get(group.size() - 1).budget();
      if (largest > smallest * (1 + EXACT)) {
        int budgets = exact(group).size();
        merged.add(new FitWarning.BudgetsMerged.Curve(budgets, smallest, largest));
      }
    }
    if (!merged.isEmpty()) {
      findings.add(new FitWarning.BudgetsMerged(merged));
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
}
