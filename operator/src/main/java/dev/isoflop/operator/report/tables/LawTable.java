package dev.isoflop.operator.report.tables;

import dev.isoflop.laws.data.LawQuantity;
import dev.isoflop.laws.finding.Fit;
import dev.isoflop.laws.finding.FitError;
import dev.isoflop.laws.fit.Laws;
import dev.isoflop.laws.fit.MetricLaw;
import dev.isoflop.laws.powerlaw.PowerLaw;
import dev.isoflop.operator.report.input.ReportInput;
import dev.isoflop.operator.report.plot.RichText;
import dev.isoflop.operator.report.tables.Table.Cell;
import dev.isoflop.operator.report.tables.Table.Column;
import dev.isoflop.operator.report.tables.Table.Row;
import dev.isoflop.operator.report.words.Phrases;
import dev.isoflop.operator.report.words.QuantityFormat;
import dev.isoflop.operator.report.words.QuantityStyle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** All fitted laws with both of their intervals. */
public final class LawTable {

  private final ReportInput input;

  public LawTable(ReportInput input) {
    this.input = input;
  }

  public Table table() {
    List<Row> rows = new ArrayList<>();
    input.laws().filter(laws -> !allWait(laws)).ifPresent(laws -> rows(laws, rows));
    return new Table(
        "law-table",
        RichText.of("Fitted laws"),
        columns(),
        rows,
        rows.isEmpty() ? absence() : "",
        false,
        forms());
  }

  /** Whether there is nothing but laws that the sweep has not got the budgets for yet. */
  private boolean allWait(Laws laws) {
    return Stream.concat(
            LawQuantity.mainOnes().stream().map(laws::law),
            laws.metrics().stream().map(MetricLaw::law))
        .allMatch(fit -> fit.refusal().flatMap(input.open()::waiting).isPresent());
  }

  private String absence() {
    return input
        .laws()
        .flatMap(laws -> laws.parameters().refusal())
        .flatMap(input.open()::waiting)
        .map(waiting -> "No law yet; " + Phrases.SEE_TOP + ".")
        .orElse(input.noLaws());
  }

  private List<Column> columns() {
    String confidence = Phrases.percent(input.confidence());
    return List.of(
        Column.text("Quantity"),
        Column.text("Law"),
        Column.number(RichText.of("Exponent"), "slope on logarithmic axes"),
        Column.number(
            RichText.of(confidence + ", Student ").italic("t"),
            "interval of the exponent by Student's t with budgets - 2 degrees of freedom"),
        Column.number(
            RichText.of(confidence + ", bootstrap"),
            "percentile interval of the exponent over resampled trials"),
        Column.number(
            RichText.EMPTY.italic("R").superscript("2"), "share of the variance of the logarithms"),
        Column.number(RichText.of("Budgets"), "points of the law"));
  }

  private void rows(Laws laws, List<Row> rows) {
    for (LawQuantity quantity : LawQuantity.values()) {
      Fit<PowerLaw> law = laws.law(quantity);
      if (law.value().isPresent() || quantity.main()) {
        QuantityStyle style = QuantityStyle.of(quantity);
        rows.add(row(RichText.of(style.name() + " ").then(style.symbol()), law, style.symbol()));
      }
    }
    for (MetricLaw metric : laws.metrics()) {
      if (!metric.series().equals(input.lossSeries())) {
        RichText name = RichText.of(Phrases.series(metric.series()));
        rows.add(row(name, metric.law(), RichText.EMPTY.italic("y")));
      }
    }
  }

  private Row row(RichText name, Fit<PowerLaw> fit, RichText symbol) {
    return LawRow.of(
        name,
        symbol,
        fit,
        () -> fit.refusal().map(this::absence).orElse(""),
        7,
        law ->
            List.of(
                law.bootstrapInterval()
                    .map(
                        interval ->
                            Cell.number(
                                Phrases.exponentInterval(law, interval.exponent()),
                                interval.exponent().low()))
                    .orElse(Cell.nothing()),
                Cell.number(Phrases.rSquared(law.rSquared()), law.rSquared())));
  }

  private String absence(FitError refusal) {
    if (input.open().waiting(refusal).isPresent()) {
      return "not yet";
    }
    return refusal instanceof FitError.TooFewBudgets
        ? "not fitted"
        : "not fitted: " + refusal.message();
  }

  /** Whether each loss-like law levels off, and why that was decided; what is equal, said once. */
  private List<RichText> forms() {
    Map<String, List<String>> quantities = new LinkedHashMap<>();
    input
        .laws()
        .ifPresent(
            laws -> {
              for (LawQuantity quantity : LawQuantity.values()) {
                if (quantity.mayLevelOff()) {
                  String name = QuantityStyle.of(quantity).name();
                  laws.law(quantity).value().ifPresent(law -> add(name, law, quantities));
                }
              }
              for (MetricLaw metric : laws.metrics()) {
                if (!metric.series().equals(input.lossSeries())) {
                  metric
                      .law()
                      .value()
                      .ifPresent(law -> add(Phrases.series(metric.series()), law, quantities));
                }
              }
            });
    return quantities.entrySet().stream()
        .map(
            form ->
                RichText.of(
                    "%s: %s."
                        .formatted(
                            Phrases.capital(String.join("; ", form.getValue())), form.getKey())))
        .toList();
  }

  private static void add(String quantity, PowerLaw law, Map<String, List<String>> quantities) {
    quantities.computeIfAbsent(form(law), form -> new ArrayList<>()).add(quantity);
  }

  private static String form(PowerLaw law) {
    return "%s; %s"
        .formatted(
            law.offset().isPresent()
                ? "levels off at "
                    + Phrases.loss(law.offset().getAsDouble())
                    + law.interval()
                        .offset()
                        .map(it -> " " + QuantityFormat.significant(3).interval(it))
                        .orElse("")
                : "a pure power law",
            law.form().why().replace("-", "\u2212"));
  }
}
