package dev.isoflop.operator.cli.laws;

import dev.isoflop.operator.cli.text.Cell;
import dev.isoflop.operator.cli.text.Figures;
import dev.isoflop.operator.cli.text.Layout;
import dev.isoflop.operator.cli.text.Style;
import dev.isoflop.operator.cli.text.TextTable;
import dev.isoflop.operator.cli.text.TextTable.Column;
import dev.isoflop.operator.laws.Comparison;
import dev.isoflop.operator.laws.ComputeMultiplier;
import dev.isoflop.operator.laws.Confidence;
import dev.isoflop.operator.laws.EqualComputeSummary;
import dev.isoflop.operator.laws.ExponentDifference;
import dev.isoflop.operator.laws.Interval;
import dev.isoflop.operator.laws.LossAtCompute;
import dev.isoflop.operator.laws.Reading;
import dev.isoflop.operator.laws.ReadingRule;
import dev.isoflop.operator.laws.SweepPair;
import dev.isoflop.operator.laws.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Draws comparisons as tables, the verdicts last so that they stay in sight. */
public final class ComparisonText {
  private static final String NONE = "-";

  private final Comparison comparison;
  private final Layout layout;
  private final Layout body;
  private final String percent;

  public ComparisonText(Comparison comparison, Layout layout) {
    this.comparison = comparison;
    this.layout = layout;
    this.body = layout.indented(2);
    percent = Confidence.percent(comparison.confidence());
  }

  /** All of it. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (SweepPair pair : comparison.pairs()) {
      section(lines, "%s against %s".formatted(pair.second(), pair.first()), exponents(pair));
      section(lines, "Loss at equal compute, and compute for equal loss", equal(pair));
      section(
          lines,
          "Findings",
          pair.findings().stream()
              .flatMap(finding -> body.paragraph("- ", finding.message()).stream())
              .toList());
      section(lines, "Verdicts", verdicts(pair));
    }
    if (comparison.pairs().size() > 1) {
      section(
          lines,
          "All %d sweeps".formatted(comparison.sweeps().size()),
          body.paragraph("", EqualComputeSummary.of(comparison)));
    }
    return lines;
  }

  private void section(List<String> lines, String title, List<String> body) {
    if (!body.isEmpty()) {
      if (!lines.isEmpty()) {
        lines.add("");
      }
      layout
          .paragraph("", title)
          .forEach(line -> lines.add(layout.ink().paint(Style.HEADING, line)));
      body.forEach(line -> lines.add("  " + line));
    }
  }

  private List<String> exponents(SweepPair pair) {
    TextTable table =
        new TextTable(
            Column.left("EXPONENT OF").breaking(14),
            Column.right(pair.first()).breaking(8),
            Column.right(pair.second()).breaking(8),
            Column.right("DIFFERENCE"),
            Column.left(percent),
            Column.left("").breaking(16));
    for (ExponentDifference difference : pair.exponents()) {
      int decimals =
          Figures.decimals(
              difference.difference(),
              difference.interval().map(Interval::width).orElse(Double.POSITIVE_INFINITY));
      table.row(
          difference.subject().title(),
          Figures.decimal(difference.first(), decimals),
          Figures.decimal(difference.second(), decimals),
          signed(Figures.decimal(difference.difference(), decimals)),
          difference
              .interval()
              .map(it -> Figures.interval(it.low(), it.high(), decimals, Figures::decimal))
              .orElse(NONE),
          remark(difference));
    }
    return pair.exponents().isEmpty()
        ? List.of("the sweeps have no law in common")
        : table.lines(body);
  }

  private static String remark(ExponentDifference difference) {
    if (difference.budgets().isEmpty()) {
      return "of different budgets: says nothing of the sweeps";
    }
    return difference.comparable() ? "" : "one law levels off: no slopes to compare";
  }

  private List<String> equal(SweepPair pair) {
    if (pair.losses().isEmpty()) {
      return List.of();
    }
    TextTable table =
        new TextTable(
            Column.left("C"),
            Column.right(pair.first()).breaking(8),
            Column.right(pair.second()).breaking(8),
            Column.right("RATIO"),
            Column.left(percent),
            Column.right("MULTIPLIER"),
            Column.left(percent));
    for (int i = 0; i < pair.losses().size(); i++) {
      LossAtCompute loss = pair.losses().get(i);
      ComputeMultiplier multiplier = pair.multipliers().get(i);
      table.row(
          Figures.flops(loss.flops()),
          Figures.significant(loss.first(), 4),
          Figures.significant(loss.second(), 4),
          Figures.significant(loss.ratio(), 4),
          interval(loss.interval(), 4),
          multiplier.multiplier().isPresent()
              ? Figures.significant(multiplier.multiplier().getAsDouble(), 3)
              : "never",
          interval(multiplier.interval(), 3));
    }
    List<String> lines = new ArrayList<>(table.lines(body));
    lines.addAll(
        body.paragraph(
            "",
            "MULTIPLIER: how many times that compute %s needs to reach the loss of %s there"
                .formatted(pair.first(), pair.second())));
    return lines;
  }

  private List<String> verdicts(SweepPair pair) {
    TextTable table =
        new TextTable(
            Column.left("RULE").breaking(14),
            Column.left("LAW").breaking(10),
            Column.left("BETTER").breaking(11));
    List<String> reasons = new ArrayList<>();
    for (Reading reading : pair.readings()) {
      boolean told = reading.verdict() instanceof Verdict.Better;
      table.row(
          Cell.of(rule(reading.rule())),
          Cell.of(subject(reading)),
          reading.verdict() instanceof Verdict.Better better
              ? Cell.of(better.sweep())
              : new Cell("cannot tell", Style.WARNING));
      reasons.addAll(
          body.paragraph(
              "- ",
              "%s: %s%s"
                  .formatted(
                      rule(reading.rule()), told ? "" : "cannot tell: ", reading.verdict().why())));
    }
    List<String> lines = new ArrayList<>(reasons);
    lines.addAll(table.lines(body));
    return lines;
  }

  /** The law or laws that the rule reads. */
  private static String subject(Reading reading) {
    return switch (reading.rule()) {
      case MODEL, DATA -> "N* and D*";
      case PIPELINE, EQUAL_COMPUTE -> reading.subject().title();
    };
  }

  private static String rule(ReadingRule rule) {
    return switch (rule) {
      case MODEL -> "model, on equal data";
      case DATA -> "data, with equal models";
      case PIPELINE -> "pipeline, whatever changed";
      case EQUAL_COMPUTE -> "lower loss at equal compute";
    };
  }

  private static String interval(Optional<Interval> interval, int digits) {
    return interval
        .map(it -> Figures.interval(it.low(), it.high(), digits, Figures::significant))
        .orElse(NONE);
  }

  private static String signed(String number) {
    return number.startsWith("-") ? number : "+" + number;
  }
}
