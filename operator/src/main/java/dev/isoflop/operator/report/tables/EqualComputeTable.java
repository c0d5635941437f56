package dev.isoflop.operator.report.tables;

import dev.isoflop.laws.compare.Comparison;
import dev.isoflop.laws.compare.EqualComputeSummary;
import dev.isoflop.laws.compare.SweepPair;
import dev.isoflop.laws.compare.Verdict;
import dev.isoflop.operator.report.plot.Numerals;
import dev.isoflop.operator.report.plot.RichText;
import dev.isoflop.operator.report.tables.Table.Cell;
import dev.isoflop.operator.report.tables.Table.Column;
import dev.isoflop.operator.report.tables.Table.Row;
import java.util.List;

/** Which sweep of each pair reaches the lower loss at equal compute. */
public final class EqualComputeTable {

  private EqualComputeTable() {}

  public static Table of(Comparison comparison) {
    return new Table(
        "equal-compute",
        RichText.of("Lower loss at equal compute, pair by pair"),
        List.of(
            Column.text("First"), Column.text("Second"), Column.text("Lower"), Column.text("Why")),
        comparison.pairs().stream().map(EqualComputeTable::row).toList(),
        "",
        false,
        List.of());
  }

  private static Row row(SweepPair pair) {
    Verdict verdict = EqualComputeSummary.verdict(pair);
    boolean told = verdict instanceof Verdict.Better;
    return new Row(
        told ? "" : "muted",
        List.of(
            Cell.text(pair.first()),
            Cell.text(pair.second()),
            Cell.text(
                verdict instanceof Verdict.Better better ? better.sweep() : "cannot\u00a0tell"),
            Cell.text(Numerals.rich(verdict.why()))));
  }
}
