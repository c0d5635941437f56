package dev.isoflop.operator.cli.points;

import dev.isoflop.laws.text.NumberFormat;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Finds columns that are not in plain units. No way of counting FLOPs is a factor of 100 from 6 N
 * D: attention and embeddings change it by a factor of ten at most, a wrong unit by a thousand at
 * least.
 */
final class UnitCheck {
  private static final double FARTHEST_FROM_SIX_N_D = 100;

  /** Most that ways of counting FLOPs differ by. */
  private static final double COUNTING = 10;

  private static final double LEAST_PARAMETERS = 100;
  private static final double LEAST_TOKENS = 1000;

  /** Models are trained on 1e-2 to 1e4 tokens per parameter. */
  private static final double MOST_TOKENS_PER_PARAMETER = 1e8;

  /** FLOPs of a petaflop/s-day. */
  private static final double PETAFLOP_DAY = 8.64e19;

  private static final List<Unit> UNITS =
      List.of(
          new Unit(1e3, "thousands"),
          new Unit(1e6, "millions"),
          new Unit(1e9, "billions"),
          new Unit(1e12, "trillions"),
          new Unit(1e15, "units of 1e15"),
          new Unit(1e18, "units of 1e18"),
          new Unit(PETAFLOP_DAY, "petaflop/s-days"),
          new Unit(1e21, "units of 1e21"));

  private record Unit(double factor, String name) {}

  private final TableColumns columns;
  private final List<Cost> costs;
  private final String source;
  private final List<String> problems;

  /**
   * @param problems what is wrong is added to these
   */
  UnitCheck(TableColumns columns, List<Cost> costs, String source, List<String> problems) {
    this.columns = columns;
    this.costs = costs;
    this.source = source;
    this.problems = problems;
  }

  void run() {
    if (costs.isEmpty() || wholeColumn()) {
      return;
    }
    for (Cost cost : costs) {
      least(cost, Quantity.parameters, LEAST_PARAMETERS, "1e6");
      least(cost, Quantity.tokens, LEAST_TOKENS, "1e9");
      double ratio = cost.budget() / cost.sixNd();
      if (!(ratio > 1 / FARTHEST_FROM_SIX_N_D && ratio < FARTHEST_FROM_SIX_N_D)) {
        cost.row()
            .problem(
                columns.index(Quantity.budget),
                "does not go with 6 x parameters x tokens = %s; give FLOPs, parameters and tokens as plain numbers"
                    .formatted(NumberFormat.flops(cost.sixNd())));
      }
      if (!agrees(ratio) && cost.tokens() / cost.parameters() > MOST_TOKENS_PER_PARAMETER) {
        Quantity given = columns.has(Quantity.parameters) ? Quantity.parameters : Quantity.tokens;
        cost.row()
            .problem(
                columns.index(given),
                "would mean %s tokens per parameter; give plain counts, or say the unit, as in --unit %s=1e6"
                    .formatted(NumberFormat.flops(cost.tokens() / cost.parameters()), given));
      }
    }
  }

  /**
   * Whether C, N and D were all given and belong together: then their units are right, however odd
   * the models. One that was computed from the others always agrees, and shows nothing.
   */
  private boolean agrees(double ratio) {
    return columns.has(Quantity.budget)
        && columns.has(Quantity.parameters)
        && columns.has(Quantity.tokens)
        && ratio > 1 / COUNTING
        && ratio < COUNTING;
  }

  private void least(Cost cost, Quantity quantity, double least, String unit) {
    if (columns.has(quantity) && cost.of(quantity) < least) {
      cost.row()
          .problem(
              columns.index(quantity),
              "is too small for a count (at least %s); give plain numbers, or say the unit, as in --unit %s=%s"
                  .formatted(NumberFormat.whole((long) least), quantity, unit));
    }
  }

  /** Whether all rows miss C = 6 N D by the same unit, which is then one problem. */
  private boolean wholeColumn() {
    if (!columns.has(Quantity.budget)
        || !columns.has(Quantity.parameters)
        || !columns.has(Quantity.tokens)) {
      return false;
    }
    double ratio = median(cost -> cost.budget() / cost.sixNd());
    boolean same =
        costs.stream()
            .mapToDouble(cost -> cost.budget() / cost.sixNd() / ratio)
            .allMatch(part -> part > 0.1 && part < 10);
    Optional<Unit> unit = unit(Math.max(ratio, 1 / ratio));
    if (!same || unit.isEmpty()) {
      return false;
    }
    problems.add(ratio > 1 ? tooFew(unit.get()) : tooCheap(unit.get()));
    return true;
  }

  private static Optional<Unit> unit(double factor) {
    return UNITS.stream()
        .filter(unit -> factor > unit.factor() / 8 && factor < unit.factor() * 8)
        .min(Comparator.comparingDouble(unit -> Math.abs(StrictMath.log(factor / unit.factor()))));
  }

  /** Parameters or tokens, or both, are given in a larger unit. */
  private String tooFew(Unit unit) {
    List<Quantity> small = new ArrayList<>();
    if (median(Cost::parameters) < 1e4) {
      small.add(Quantity.parameters);
    }
    if (median(Cost::tokens) < 1e6) {
      small.add(Quantity.tokens);
    }
    if (small.size() == 1) {
      return "%s: column %s ('%s' at %s) looks like %s: budget %s is %s x 6 x parameters x tokens; give plain counts, or --unit %s=%s"
          .formatted(
              source,
              columns.name(small.get(0)),
              cell(small.get(0)),
              first().row().place(),
              unit.name(),
              NumberFormat.flops(first().budget()),
              NumberFormat.flops(unit.factor()),
              small.get(0),
              NumberFormat.flops(unit.factor()));
    }
    return "%s: columns %s ('%s' at %s) and %s ('%s') are too small together: budget %s is about %s x 6 x parameters x tokens; give plain counts, or say their units, as in --unit parameters=1e6 --unit tokens=1e9"
        .formatted(
            source,
            columns.name(Quantity.parameters),
            cell(Quantity.parameters),
            first().row().place(),
            columns.name(Quantity.tokens),
            cell(Quantity.tokens),
            NumberFormat.flops(first().budget()),
            NumberFormat.flops(unit.factor()));
  }

  private String tooCheap(Unit unit) {
    return "%s: column %s ('%s' at %s) looks like %s: 6 x parameters x tokens is %s; give plain FLOPs, or --unit budget=%s"
        .formatted(
            source,
            columns.name(Quantity.budget),
            cell(Quantity.budget),
            first().row().place(),
            unit.name(),
            NumberFormat.flops(first().sixNd()),
            NumberFormat.flops(unit.factor()));
  }

  private Cost first() {
    return costs.get(0);
  }

  private String cell(Quantity quantity) {
    return first().row().text(columns.index(quantity));
  }

  private double median(ToDoubleFunction<Cost> value) {
    double[] sorted = costs.stream().mapToDouble(value).sorted().toArray();
    return sorted[sorted.length / 2];
  }
}
