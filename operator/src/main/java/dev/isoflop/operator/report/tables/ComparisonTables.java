package dev.isoflop.operator.report.tables;

import dev.isoflop.laws.compare.Comparison;
import dev.isoflop.laws.compare.ComputeMultiplier;
import dev.isoflop.laws.compare.ExponentDifference;
import dev.isoflop.laws.compare.LossAtCompute;
import dev.isoflop.laws.compare.RuleVerdict;
import dev.isoflop.laws.compare.SweepPair;
import dev.isoflop.laws.compare.Verdict;
import dev.isoflop.laws.stats.Interval;
import dev.isoflop.laws.text.NumberFormat;
import dev.isoflop.operator.report.plot.Numerals;
import dev.isoflop.operator.report.plot.RichText;
import dev.isoflop.operator.report.tables.Table.Cell;
import dev.isoflop.operator.report.tables.Table.Column;
import dev.isoflop.operator.report.tables.Table.Row;
import dev.isoflop.operator.report.words.Phrases;
import dev.isoflop.operator.report.words.QuantityFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Two sweeps' numbers side by side. */
public final class ComparisonTables {
  private final SweepPair pair;
  private final String interval;
  private final String id;

  public ComparisonTables(Comparison comparison, SweepPair pair) {
    this.pair = pair;
    interval = Phrases.percent(comparison.confidence()) + " interval";
    id = "pair-" + (comparison.pairs().indexOf(pair) + 1);
  }

  /** Verdicts of the comparison rules on two sweeps. */
  public Table readings() {
    return new Table(
        id + "-readings",
        RichText.of("Verdicts on " + pair.first() + " and " + pair.second()),
        List.of(Column.text("Rule"), Column.text("Law"), Column.text("Better"), Column.text("Why")),
        readingRows(),
        "",
        false,
        List.of(
            RichText.of(
                "Model, data and pipeline: the reading rules of arXiv 2410.08184, section 4, which"
                    + " rank how things scale and not how good they are at any one budget.")));
  }

  private List<Row> readingRows() {
    List<Row> rows = new ArrayList<>();
    String before = "";
    for (RuleVerdict reading : pair.readings()) {
      String why = reading.verdict().why();
      rows.add(row(reading, why.equals(before) ? RichText.of("as above") : Numerals.rich(why)));
      before = why;
    }
    return rows;
  }

  private static Row row(RuleVerdict reading, RichText why) {
    String better =
        reading.verdict() instanceof Verdict.Better found ? found.sweep() : "cannot\u00a0tell";
    return new Row(
        reading.verdict() instanceof Verdict.Better ? "" : "muted",
        List.of(
            Cell.formula(RichText.of(Phrases.rule(reading.rule()))),
            Cell.formula(RichText.of(Phrases.subject(reading))),
            Cell.text(better),
            Cell.text(why)));
  }

  public Table exponents() {
    return new Table(
        id + "-exponents",
        RichText.of("Exponents of " + pair.first() + " and " + pair.second()),
        List.of(
            Column.text("Law"),
            Column.number(RichText.of(pair.first()), "exponent of the first sweep"),
            Column.number(RichText.of(pair.second()), "exponent of the second sweep"),
            Column.number(RichText.of("Difference"), "second less first"),
            Column.number(RichText.of(interval), "of the difference, Student's t after Welch"),
            Column.text("")),
        pair.exponents().stream().map(ComparisonTables::row).toList(),
        pair.exponents().isEmpty() ? "The sweeps have no law in common." : "",
        false,
        List.of());
  }

  private static Row row(ExponentDifference difference) {
    int decimals =
        NumberFormat.decimals(
            difference.difference(),
            difference.interval().map(Interval::width).orElse(Double.POSITIVE_INFINITY));
    return new Row(
        "",
        List.of(
            Cell.formula(RichText.of(difference.subject().title())),
            Cell.number(Numerals.decimal(difference.first(), decimals), difference.first()),
            Cell.number(Numerals.decimal(difference.second(), decimals), difference.second()),
            Cell.number(
                (difference.difference() > 0 ? "+" : "")
                    + Numerals.decimal(difference.difference(), decimals),
                difference.difference()),
            difference
                .interval()
                .map(it -> Cell.number(QuantityFormat.decimals(decimals).interval(it), it.low()))
                .orElse(Cell.nothing()),
            Cell.text(remark(difference))));
  }

  private static String remark(ExponentDifference difference) {
    if (difference.budgets().isEmpty()) {
      return "of different budgets: says nothing of the sweeps";
    }
    return difference.comparable() ? "" : "one law levels off: no slopes to compare";
  }

  /** Loss at equal compute, and compute for equal loss. */
  public Table equalCompute() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < pair.losses().size(); i++) {
      rows.add(row(pair.losses().get(i), pair.multipliers().get(i)));
    }
    return new Table(
        id + "-equal",
        RichText.of(
            "Loss at equal compute, and compute for equal loss, of %s and %s"
                .formatted(pair.first(), pair.second())),
        List.of(
            Column.number(Phrases.C.text(" (FLOPs)"), "training compute"),
            Column.number(RichText.of("Loss, " + pair.first()), "by its law"),
            Column.number(RichText.of("Loss, " + pair.second()), "by its law"),
            Column.number(RichText.of("Ratio"), "second over first"),
            Column.number(RichText.of(interval), "of the ratio"),
            Column.number(
                RichText.of("Multiplier"),
                "how many times this compute the first sweep needs to reach the second's loss"),
            Column.number(RichText.of(interval), "of the multiplier"),
            Column.number(
                RichText.of("Extrapolation"),
                "how far the compute that the first needs lies outside its budgets")),
        rows,
        rows.isEmpty()
            ? "No budgets are known that the laws of the loss of both sweeps cover, so nothing"
                + " compares without extrapolation."
            : "",
        false,
        rows.isEmpty()
            ? List.of()
            : List.of(
                RichText.of(
                    "Ratio: the loss of %2$s over that of %1$s. Multiplier: %1$s needs so many times the compute to reach the loss of %2$s; above 1, %2$s is the more efficient."
                        .formatted(pair.first(), pair.second()))));
  }

  private static Row row(LossAtCompute loss, ComputeMultiplier multiplier) {
    return new Row(
        "",
        List.of(
            Cell.number(Numerals.flops(loss.flops()), loss.flops()),
            Cell.number(Phrases.loss(loss.first()), loss.first()),
            Cell.number(Phrases.loss(loss.second()), loss.second()),
            Cell.number(Numerals.significant(loss.ratio(), 4), loss.ratio()),
            interval(loss.interval(), 4),
            multiplier.multiplier().isPresent()
                ? Cell.number(
                    Numerals.significant(multiplier.multiplier().getAsDouble(), 3) + "\u00d7",
                    multiplier.multiplier().getAsDouble())
                : Cell.text("never"),
            interval(multiplier.interval(), 3),
            extrapolation(multiplier)));
  }

  /** Nothing where the first sweep never gets there. */
  private static Cell extrapolation(ComputeMultiplier multiplier) {
    return multiplier.multiplier().isPresent()
        ? Cell.number(
            Phrases.reach(
                multiplier.extrapolationFactor(), multiplier.multiplier().getAsDouble() > 1),
            multiplier.extrapolationFactor())
        : Cell.nothing();
  }

  private static Cell interval(Optional<Interval> interval, int digits) {
    return interval
        .map(it -> Cell.number(QuantityFormat.significant(digits).interval(it), it.low()))
        .orElse(Cell.nothing());
  }
}
