package dev.isoflop.operator.cli.laws;

import dev.isoflop.api.v1alpha1.status.BudgetStatus;
import dev.isoflop.api.v1alpha1.status.IntervalStatus;
import dev.isoflop.api.v1alpha1.status.LawIntervalStatus;
import dev.isoflop.api.v1alpha1.status.LawStatus;
import dev.isoflop.api.v1alpha1.status.OptimumStatus;
import dev.isoflop.api.v1alpha1.status.SurfaceStatus;
import dev.isoflop.laws.data.LawQuantity;
import dev.isoflop.laws.text.Confidence;
import dev.isoflop.laws.text.NumberFormat;
import dev.isoflop.operator.cli.text.Cell;
import dev.isoflop.operator.cli.text.Layout;
import dev.isoflop.operator.cli.text.Style;
import dev.isoflop.operator.cli.text.TextTable;
import dev.isoflop.operator.cli.text.TextTable.Column;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Draws sheets of laws as tables. */
public final class LawSheetText {
  private static final String NONE = "-";
  private static final int LOSS_DIGITS = 4;
  private static final int COUNT_DIGITS = 3;

  private final LawSheet sheet;
  private final double confidence;
  private final Layout layout;
  private final Layout body;

  /**
   * A drawing of a sheet.
   *
   * @param confidence of the sheet's intervals
   */
  public LawSheetText(LawSheet sheet, double confidence, Layout layout) {
    this.sheet = sheet;
    this.confidence = confidence;
    this.layout = layout;
    this.body = layout.indented(2);
  }

  /** Everything that the sheet holds, the laws last of the tables so that they stay in sight. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    section(lines, "IsoFLOP optima", curves());
    section(lines, "Findings", findings());
    section(lines, "Laws (C in training FLOPs" + convention() + ")", laws());
    section(lines, "Predictions", predictions(body));
    return lines;
  }

  /** The predictions alone, with a warning for each that reaches beyond the fitted budgets. */
  public List<String> predictions() {
    return predictions(layout);
  }

  private List<String> predictions(Layout within) {
    return new PredictionText(sheet, confidence, within).lines();
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

  private String convention() {
    LawEntries laws = sheet.laws();
    return laws == null ? "" : ", convention " + laws.provenance().convention();
  }

  private List<String> curves() {
    if (sheet.budgets().isEmpty()) {
      return List.of();
    }
    TextTable table =
        new TextTable(
            Column.left("BUDGET"),
            Column.right("TRIALS").dropped(3),
            Column.right("N*"),
            Column.left(Confidence.percent(confidence)),
            Column.right("D*"),
            Column.right("SAMPLES").dropped(2),
            Column.right("LOSS"),
            Column.right("R2").dropped(1));
    for (BudgetStatus curve : sheet.budgets()) {
      OptimumStatus optimum = curve.optimum();
      String trials =
          curve.used() == curve.trials()
              ? NumberFormat.whole(curve.trials())
              : "%d/%d".formatted(curve.used(), curve.trials());
      String rSquared = curve.rSquared() == null ? NONE : NumberFormat.decimal(curve.rSquared(), 4);
      if (optimum == null) {
        table.row(
            Cell.of(NumberFormat.flops(curve.flops())),
            Cell.of(trials),
            Cell.of(NONE),
            new Cell("no optimum", Style.WARNING),
            Cell.of(NONE),
            Cell.of(NONE),
            Cell.of(NONE),
            Cell.of(rSquared));
      } else {
        table.row(
            NumberFormat.flops(curve.flops()),
            trials,
            count(optimum.parameters()),
            counts(optimum.interval()),
            count(optimum.tokens()),
            count(optimum.samples()),
            loss(optimum.loss()),
            rSquared);
      }
    }
    return table.lines(body);
  }

  private List<String> laws() {
    LawEntries laws = sheet.laws();
    if (laws == null) {
      return List.of();
    }
    String percent = Confidence.percent(confidence);
    TextTable table =
        new TextTable(
            Column.left("").breaking(14),
            Column.left(""),
            Column.right("EXPONENT").dropped(3),
            Column.left(percent + " (T)"),
            Column.left(percent + " (BOOTSTRAP)").dropped(4),
            Column.right("R2").dropped(2),
            Column.right("BUDGETS").dropped(1));
    for (LawQuantity quantity : LawQuantity.values()) {
      LawStatus law = laws.law(quantity);
      if (law != null || quantity.main()) {
        row(table, quantity.title(), law);
      }
    }
    laws.metrics().forEach(metric -> row(table, metric.title(), metric.law()));
    List<String> lines = new ArrayList<>(table.lines(body));
    if (laws.surface() != null) {
      lines.addAll(surface(laws.surface()));
    }
    return lines;
  }

  private static void row(TextTable table, String quantity, @Nullable LawStatus law) {
    if (law == null) {
      table.row(
          Cell.of(quantity),
          new Cell("refused, see the findings", Style.WARNING),
          Cell.of(NONE),
          Cell.of(NONE),
          Cell.of(NONE),
          Cell.of(NONE),
          Cell.of(NONE));
      return;
    }
    int decimals = NumberFormat.decimals(law.exponent(), width(law));
    Double offset = law.offset();
    String formula =
        "= %s%s C^%s"
            .formatted(
                offset == null ? "" : NumberFormat.significant(offset, 3) + " + ",
                NumberFormat.significant(law.coefficient(), 3),
                NumberFormat.decimal(law.exponent(), decimals));
    table.row(
        quantity,
        formula,
        NumberFormat.decimal(law.exponent(), decimals),
        exponents(law.studentInterval(), decimals),
        exponents(law.interval(), decimals),
        law.rSquared() == null ? NONE : NumberFormat.decimal(law.rSquared(), 4),
        Integer.toString(law.points()));
  }

  /** Width of the narrower interval, so that neither loses digits. */
  private static double width(LawStatus law) {
    return Math.min(width(law.studentInterval()), width(law.interval()));
  }

  private static double width(@Nullable LawIntervalStatus interval) {
    return interval == null
        ? Double.POSITIVE_INFINITY
        : interval.exponent().upper() - interval.exponent().lower();
  }

  private List<String> surface(SurfaceStatus surface) {
    List<String> lines =
        new ArrayList<>(
            body.paragraph(
                "",
                "Cross-check: loss(N, D) = %s + %s / N^%s + %s / D^%s over %d trials"
                    .formatted(
                        NumberFormat.significant(surface.irreducible(), 3),
                        NumberFormat.significant(surface.a(), 3),
                        NumberFormat.decimal(surface.alpha(), 3),
                        NumberFormat.significant(surface.b(), 3),
                        NumberFormat.decimal(surface.beta(), 3),
                        surface.points())));
    TextTable table =
        new TextTable(
            Column.left("").breaking(14),
            Column.right("EXPONENT"),
            Column.left(Confidence.percent(confidence) + " (BOOTSTRAP)").dropped(1));
    row(table, "N*(C) by the surface", surface.modelExponent(), surface.modelExponentInterval());
    row(table, "its power of N", surface.alpha(), surface.alphaInterval());
    row(table, "its power of D", surface.beta(), surface.betaInterval());
    lines.addAll(table.lines(body));
    return lines;
  }

  private static void row(
      TextTable table, String name, double exponent, @Nullable IntervalStatus interval) {
    double width =
        interval == null ? Double.POSITIVE_INFINITY : interval.upper() - interval.lower();
    int decimals = NumberFormat.decimals(exponent, width);
    table.row(
        name,
        NumberFormat.decimal(exponent, decimals),
        interval == null
            ? NONE
            : NumberFormat.interval(
                interval.lower(), interval.upper(), decimals, NumberFormat::decimal));
  }

  private List<String> findings() {
    LawEntries laws = sheet.laws();
    if (laws == null) {
      return List.of();
    }
    return laws.findings().stream()
        .flatMap(finding -> body.paragraph("- ", finding).stream())
        .toList();
  }

  static String count(@Nullable Double value) {
    return value == null ? NONE : NumberFormat.count(value);
  }

  static String counts(@Nullable IntervalStatus interval) {
    return interval == null
        ? NONE
        : NumberFormat.interval(
            interval.lower(), interval.upper(), COUNT_DIGITS, NumberFormat::count);
  }

  static String loss(@Nullable Double value) {
    return value == null ? NONE : NumberFormat.significant(value, LOSS_DIGITS);
  }

  static String losses(@Nullable IntervalStatus interval) {
    return interval == null
        ? NONE
        : NumberFormat.interval(
            interval.lower(), interval.upper(), LOSS_DIGITS, NumberFormat::significant);
  }

  private static String exponents(@Nullable LawIntervalStatus interval, int decimals) {
    return interval == null
        ? NONE
        : NumberFormat.interval(
            interval.exponent().lower(),
            interval.exponent().upper(),
            decimals,
            NumberFormat::decimal);
  }
}
