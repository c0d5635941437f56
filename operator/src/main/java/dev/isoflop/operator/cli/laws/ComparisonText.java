package dev.isoflop.operator.cli.laws;

import dev.isoflop.laws.compare.Comparison;
import dev.isoflop.laws.compare.ComputeMultiplier;
import dev.isoflop.laws.compare.EqualComputeSummary;
import dev.isoflop.laws.compare.ExponentDifference;
import dev.isoflop.laws.compare.LossAtCompute;
import dev.isoflop.laws.compare.SweepPair;
import dev.isoflop.laws.finding.Finding;
import dev.isoflop.laws.stats.Interval;
import dev.isoflop.laws.text.Confidence;
import dev.isoflop.laws.text.NumberFormat;
import dev.isoflop.operator.cli.text.Layout;
import dev.isoflop.operator.cli.text.Style;
import dev.isoflop.operator.cli.text.TextTable;
import dev.isoflop.operator.cli.text.TextTable.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Draws comparisons as tables, the verdicts last so that they stay in sight. Intervals of several
 * pairs have the confidence of the verdicts on a narrow screen, and both confidences on a wide one.
 */
public final class ComparisonText {
  private static final String NONE = "-";

  /** Rows of losses on a screen; the budgets between them say little more. */
  private static final int BUDGETS_SHOWN = 6;

  private final Comparison comparison;
  private final Layout layout;
  private final Layout body;
  private final SweepLabels labels;
  private final boolean several;
  private final boolean wide;

  /** Titles of columns that some table had no room for. */
  private final Set<String> missing = new TreeSet<>();

  public ComparisonText(Comparison comparison, Layout layout) {
    this.comparison = comparison;
    this.layout = layout;
    this.body = layout.indented(2);
    labels = new SweepLabels(comparison.sweeps(), layout);
    several = comparison.pairs().size() > 1;
    wide = layout.columns() == Layout.UNBOUNDED;
  }

  /** All of it. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (SweepPair pair : comparison.pairs()) {
      section(lines, title(pair), exponents(pair));
      section(
          lines, several ? "" : "Loss at equal compute, and compute for equal loss", equal(pair));
    }
    lines.addAll(keys().stream().map(line -> "  " + line).toList());
    section(lines, "Findings", findings());
    section(lines, "Verdicts", new VerdictText(comparison, labels, body).lines());
    if (several) {
      section(
          lines,
          "All %d sweeps".formatted(comparison.sweeps().size()),
          body.paragraph("", EqualComputeSummary.of(comparison)));
    }
    return lines;
  }

  private String title(SweepPair pair) {
    return "%s against %s"
        .formatted(labels.introduced(pair.second()), labels.introduced(pair.first()));
  }

  private void section(List<String> lines, String title, List<String> body) {
    if (!body.isEmpty()) {
      if (!lines.isEmpty()) {
        lines.add("");
      }
      if (!title.isEmpty()) {
        layout
            .paragraph("", title)
            .forEach(line -> lines.add(layout.ink().paint(Style.HEADING, line)));
      }
      body.forEach(line -> lines.add("  " + line));
    }
  }

  /** The confidences shown of differences and ratios. */
  private List<Double> confidences() {
    return !several
        ? List.of(comparison.confidence())
        : wide
            ? List.of(comparison.confidence(), comparison.verdictConfidence())
            : List.of(comparison.verdictConfidence());
  }

  private <T> List<T> ofConfidences(T usual, T verdict) {
    return !several ? List.of(usual) : wide ? List.of(usual, verdict) : List.of(verdict);
  }

  private List<Column> intervals() {
    return confidences().stream().map(it -> Column.left(Confidence.percent(it))).toList();
  }

  private List<String> exponents(SweepPair pair) {
    if (pair.exponents().isEmpty()) {
      return List.of("the sweeps have no law in common");
    }
    List<Column> columns =
        new ArrayList<>(
            List.of(
                Column.left("EXPONENT OF").breaking(14),
                Column.right(labels.of(pair.first())).dropped(1),
                Column.right(labels.of(pair.second())).dropped(1),
                Column.right("DIFFERENCE")));
    columns.addAll(intervals());
    TextTable table = new TextTable(columns.toArray(Column[]::new));
    SharedNotes remarks = new SharedNotes();
    for (ExponentDifference difference : pair.exponents()) {
      int decimals =
          NumberFormat.decimals(
              difference.difference(),
              difference.interval().map(Interval::width).orElse(Double.POSITIVE_INFINITY));
      List<String> row =
          new ArrayList<>(
              List.of(
                  difference.subject().title(),
                  NumberFormat.decimal(difference.first(), decimals),
                  NumberFormat.decimal(difference.second(), decimals),
                  signed(NumberFormat.decimal(difference.difference(), decimals))));
      ofConfidences(difference.interval(), difference.verdictInterval())
          .forEach(
              interval ->
                  row.add(
                      interval
                          .map(
                              it ->
                                  NumberFormat.interval(
                                      it.low(), it.high(), decimals, NumberFormat::decimal))
                          .orElse(NONE)));
      table.row(row.toArray(String[]::new));
      remark(difference).ifPresent(it -> remarks.add(difference.subject().title(), it));
    }
    List<String> lines = new ArrayList<>(table.lines(body, missing));
    remarks.lines().forEach(remark -> lines.addAll(body.paragraph("", remark)));
    return lines;
  }

  private static Optional<String> remark(ExponentDifference difference) {
    if (difference.budgets().isEmpty()) {
      return Optional.of("of different budgets, which says nothing of the sweeps");
    }
    return difference.comparable()
        ? Optional.empty()
        : Optional.of("one law levels off, so there are no slopes to compare");
  }

  private List<String> equal(SweepPair pair) {
    if (pair.losses().isEmpty()) {
      return List.of();
    }
    List<Column> columns =
        new ArrayList<>(
            List.of(
                Column.left("C"),
                Column.right(labels.of(pair.first())).dropped(1),
                Column.right(labels.of(pair.second())).dropped(1),
                Column.right("RATIO")));
    columns.addAll(intervals());
    columns.add(Column.right("MULTIPLIER"));
    columns.add(Column.left(Confidence.percent(comparison.confidence())));
    TextTable table = new TextTable(columns.toArray(Column[]::new));
    for (int i : shown(pair.losses().size())) {
      LossAtCompute loss = pair.losses().get(i);
      ComputeMultiplier multiplier = pair.multipliers().get(i);
      List<String> row =
          new ArrayList<>(
              List.of(
                  NumberFormat.flops(loss.flops()),
                  NumberFormat.significant(loss.first(), 4),
                  NumberFormat.significant(loss.second(), 4),
                  NumberFormat.significant(loss.ratio(), 4)));
      ofConfidences(loss.interval(), loss.verdictInterval())
          .forEach(interval -> row.add(interval(interval, 4)));
      row.add(
          multiplier.multiplier().isPresent()
              ? NumberFormat.significant(multiplier.multiplier().getAsDouble(), 3)
              : "never");
      row.add(interval(multiplier.interval(), 3));
      table.row(row.toArray(String[]::new));
    }
    return table.lines(body, missing);
  }

  /** Rows from first to last, evenly, where a screen has no room for all. */
  private int[] shown(int rows) {
    return wide || rows <= BUDGETS_SHOWN
        ? IntStream.range(0, rows).toArray()
        : IntStream.range(0, BUDGETS_SHOWN)
            .map(i -> Math.round(i * (rows - 1) / (BUDGETS_SHOWN - 1f)))
            .toArray();
  }

  /** Explanations of the tables' columns, once for all pairs. */
  private List<String> keys() {
    List<String> lines = new ArrayList<>();
    int most = comparison.pairs().stream().mapToInt(pair -> pair.losses().size()).max().orElse(0);
    if (most > 0) {
      lines.addAll(
          body.paragraph(
              "",
              several
                  ? "MULTIPLIER: the sweep behind \"against\" needs so many times the compute to"
                      + " reach the loss that the other has there"
                  : "MULTIPLIER: %s needs so many times the compute to reach the loss that %s has there"
                      .formatted(
                          labels.introduced(comparison.pairs().get(0).first()),
                          labels.introduced(comparison.pairs().get(0).second()))));
    }
    if (!missing.isEmpty()) {
      lines.addAll(
          body.paragraph("", "no room for " + String.join(", ", missing) + ": see --wide"));
    }
    if (shown(most).length < most) {
      lines.addAll(
          body.paragraph(
              "", "%d of up to %d budgets; --wide shows all".formatted(shown(most).length, most)));
    }
    if (several) {
      lines.addAll(
          body.paragraph(
              "",
              "%s: of each pair, so that %s hold for the verdicts of all %d pairs together%s"
                  .formatted(
                      Confidence.percent(comparison.verdictConfidence()),
                      Confidence.percent(comparison.confidence()),
                      comparison.pairs().size(),
                      wide
                          ? ""
                          : "; --wide shows the intervals of %s, too"
                              .formatted(Confidence.percent(comparison.confidence())))));
    }
    return lines;
  }

  private List<String> findings() {
    SharedNotes notes = new SharedNotes();
    for (SweepPair pair : comparison.pairs()) {
      for (Finding finding : pair.findings()) {
        String message = finding.message();
        boolean names = message.contains(pair.first()) && message.contains(pair.second());
        notes.add(
            several && !names
                ? "%s against %s".formatted(labels.of(pair.second()), labels.of(pair.first()))
                : "",
            message);
      }
    }
    return notes.lines().stream().flatMap(note -> body.paragraph("- ", note).stream()).toList();
  }

  private static String interval(Optional<Interval> interval, int digits) {
    return interval
        .map(it -> NumberFormat.interval(it.low(), it.high(), digits, NumberFormat::significant))
        .orElse(NONE);
  }

  private static String signed(String number) {
    return number.startsWith("-") ? number : "+" + number;
  }
}
