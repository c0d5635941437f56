package dev.isoflop.operator.report;

import dev.isoflop.operator.laws.IsoFlopCurve;
import dev.isoflop.operator.report.plot.Ink;
import dev.isoflop.operator.report.plot.Palette;
import java.util.ArrayList;
import java.util.List;

/** The budgets of a report in ascending order, each with its colour. */
final class BudgetLevels {

  /** Budgets that differ by less are one, as in the fit. */
  private static final double TOLERANCE = 1.1;

  private final List<Double> levels;

  private BudgetLevels(List<Double> levels) {
    this.levels = List.copyOf(levels);
  }

  /** The fitted curves' budgets, and those of trials that belong to none of them. */
  static BudgetLevels of(ReportInput input) {
    List<Double> levels = new ArrayList<>();
    input.allCurves().stream().map(IsoFlopCurve::budget).forEach(levels::add);
    input.trials().stream()
        .map(ReportTrial::budget)
        .sorted()
        .forEachOrdered(
            budget -> {
              if (levels.stream().noneMatch(level -> same(level, budget))) {
                levels.add(budget);
              }
            });
    levels.sort(null);
    return new BudgetLevels(levels);
  }

  /** Whether two budgets count as one. */
  static boolean same(double a, double b) {
    return Math.max(a, b) <= TOLERANCE * Math.min(a, b);
  }

  List<Double> levels() {
    return levels;
  }

  /** The level nearest to a budget, by ratio. */
  int index(double budget) {
    int nearest = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < levels.size(); i++) {
      double distance = Math.abs(StrictMath.log(levels.get(i) / budget));
      if (distance < least) {
        least = distance;
        nearest = i;
      }
    }
    return nearest;
  }

  Ink ink(int index) {
    return Palette.ordered(index, levels.size());
  }
}
