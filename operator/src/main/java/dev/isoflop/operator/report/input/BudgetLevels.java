package dev.isoflop.operator.report.input;

import dev.isoflop.laws.isoflop.IsoFlopCurve;
import dev.isoflop.operator.report.plot.Ink;
import dev.isoflop.operator.report.plot.Palette;
import dev.isoflop.operator.report.plot.RichText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The budgets of a report in ascending order, each with its colour. */
public final class BudgetLevels {

  /** Budgets that differ by less are one, as in the fit. */
  private static final double TOLERANCE = 1.1;

  private static final int MOST_NAMED = 12;
  private static final int NAMED_OF_MANY = 8;

  private final List<Double> levels;

  private BudgetLevels(List<Double> levels) {
    this.levels = List.copyOf(levels);
  }

  /** The fitted curves' budgets, and those of trials that belong to none of them. */
  public static BudgetLevels of(ReportInput input) {
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
  public static boolean same(double a, double b) {
    return Math.max(a, b) <= TOLERANCE * Math.min(a, b);
  }

  public List<Double> levels() {
    return levels;
  }

  /** The level nearest to a budget, by ratio. */
  public int index(double budget) {
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

  /** Levels that a legend names: all of a few, else some that show the order of the shades. */
  public List<Integer> named() {
    int count = levels.size();
    return count <= MOST_NAMED
        ? IntStream.range(0, count).boxed().toList()
        : IntStream.range(0, NAMED_OF_MANY)
            .map(i -> (int) Math.round((double) i * (count - 1) / (NAMED_OF_MANY - 1)))
            .boxed()
            .toList();
  }

  /** Title of the budgets' legend: {@code C =}, {@code C (8 of 64) =}. */
  public RichText legendTitle() {
    RichText title = RichText.EMPTY.italic("C");
    int shown = named().size();
    return title.text(
        shown < levels.size() ? " (%d of %d) =".formatted(shown, levels.size()) : " =");
  }

  public Ink ink(int index) {
    return Palette.ordered(index, levels.size());
  }
}
