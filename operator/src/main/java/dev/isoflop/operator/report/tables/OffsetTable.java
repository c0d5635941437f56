package dev.isoflop.operator.report.tables;

import dev.isoflop.laws.fit.DomainOffset;
import dev.isoflop.laws.stats.Interval;
import dev.isoflop.laws.stats.Trend;
import dev.isoflop.operator.report.input.ReportInput;
import dev.isoflop.operator.report.plot.Numerals;
import dev.isoflop.operator.report.plot.RichText;
import dev.isoflop.operator.report.tables.Table.Cell;
import dev.isoflop.operator.report.tables.Table.Column;
import dev.isoflop.operator.report.tables.Table.Row;
import dev.isoflop.operator.report.words.Phrases;
import dev.isoflop.operator.report.words.QuantityFormat;
import java.util.List;

/**
 * Differences of each metric on further evaluation sets from the same metric on the reference set.
 */
public final class OffsetTable {
  private final ReportInput input;
  private final List<DomainOffset> offsets;

  public OffsetTable(ReportInput input, List<DomainOffset> offsets) {
    this.input = input;
    this.offsets = offsets;
  }

  public Table table() {
    String interval = Phrases.percent(input.confidence()) + " interval";
    return new Table(
        "offset-table",
        RichText.of("Evaluation sets compared"),
        List.of(
            Column.text("Metric"),
            Column.text("Sets"),
            Column.number(RichText.of("Gap"), "mean of the set less the reference"),
            Column.number(
                RichText.of("per decade"), "change of the gap with ten times the compute"),
            Column.number(RichText.of(interval), "of that change, Student's t"),
            Column.text("The gap"),
            Column.number(RichText.of("Ratio"), "geometric mean of the set over the reference"),
            Column.number(RichText.of("Exponents differ by"), "slope of the log ratio in log C"),
            Column.number(RichText.of(interval), "of that difference, Student's t"),
            Column.text("The ratio")),
        offsets.stream().map(OffsetTable::row).toList(),
        "",
        false,
        List.of(
            RichText.of(
                "Both are read at the compute-optimal model of every budget, in pairs, so what the"
                    + " sets share cancels. \u201cNo change seen\u201d does not prove that there is"
                    + " none. A gap may shrink while the ratio stays, as the metric itself"
                    + " falls.")));
  }

  private static Row row(DomainOffset offset) {
    return new Row(
        "",
        List.of(
            Cell.text(Phrases.capital(Phrases.metric(offset.metric()))),
            Cell.text(
                (offset.dataset().isEmpty() ? "unnamed" : offset.dataset())
                    + " against "
                    + (offset.reference().isEmpty() ? "unnamed" : offset.reference())),
            Cell.number(signed(offset.difference()), offset.difference()),
            Cell.number(signed(offset.differencePerDecade()), offset.differencePerDecade()),
            interval(offset.differenceInterval()),
            Cell.text(words(offset.differenceTrend())),
            Cell.number(Numerals.significant(offset.ratio(), 4), offset.ratio()),
            Cell.number(signed(offset.slopeDifference()), offset.slopeDifference()),
            interval(offset.interval()),
            Cell.text(words(offset.ratioTrend()))));
  }

  private static Cell interval(Interval interval) {
    return Cell.number(QuantityFormat.significant(2).interval(interval), interval.low());
  }

  private static String signed(double value) {
    return (value > 0 ? "+" : "") + Numerals.significant(value, 2);
  }

  private static String words(Trend trend) {
    return switch (trend) {
      case GROWS -> "grows";
      case SHRINKS -> "shrinks";
      case NONE_SEEN -> "no change seen";
    };
  }
}
