package dev.isoflop.operator.report;

import dev.isoflop.api.v1alpha1.LawsStatus;
import dev.isoflop.api.v1alpha1.ScalingSweepStatus;
import dev.isoflop.api.v1alpha1.SurfaceStatus;
import dev.isoflop.operator.laws.Fit;
import dev.isoflop.operator.laws.Laws;
import dev.isoflop.operator.laws.MetricLaw;
import dev.isoflop.operator.laws.PowerLaw;
import dev.isoflop.operator.report.Table.Cell;
import dev.isoflop.operator.report.Table.Column;
import dev.isoflop.operator.report.Table.Row;
import dev.isoflop.operator.report.plot.Numerals;
import dev.isoflop.operator.report.plot.RichText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All fitted laws with both of their intervals. */
final class LawTable {

  private final ReportInput input;

  LawTable(ReportInput input) {
    this.input = input;
  }

  Table table() {
    List<Row> rows = new ArrayList<>();
    input.laws().ifPresent(laws -> rows(laws, rows));
    return new Table(
        "law-table",
        RichText.of("Fitted laws"),
        columns(),
        rows,
        rows.isEmpty() ? "No law was fitted." : "",
        false,
        surface().map(List::of).orElse(List.of()));
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
    for (LawQuantity quantity : LawQuantity.ALL) {
      RichText name = RichText.of(quantity.name() + " ").then(quantity.symbol());
      rows.add(row(name, quantity.law(laws), quantity.symbol()));
    }
    for (MetricLaw metric : laws.metrics()) {
      if (!metric.series().equals(input.lossSeries())) {
        RichText name = RichText.of(Phrases.series(metric.series()));
        rows.add(row(name, metric.law(), RichText.EMPTY.italic("y")));
      }
    }
  }

  private static Row row(RichText name, Fit<PowerLaw> fit, RichText symbol) {
    Optional<PowerLaw> found = fit.value();
    if (found.isEmpty()) {
      String why = fit.refusal().map(refusal -> refusal.message()).orElse("");
      return new Row(
          "muted",
          List.of(
              Cell.text(name),
              Cell.text("not fitted: " + why),
              Cell.nothing(),
              Cell.nothing(),
              Cell.nothing(),
              Cell.nothing(),
              Cell.nothing()));
    }
    PowerLaw law = found.get();
    return new Row(
        "",
        List.of(
            Cell.text(name),
            Cell.formula(Phrases.equation(symbol, law)),
            Cell.number(Phrases.exponent(law), law.exponent()),
            Cell.number(
                Phrases.exponentInterval(law, law.interval().exponent()),
                law.interval().exponent().low()),
            law.bootstrapInterval()
                .map(
                    interval ->
                        Cell.number(
                            Phrases.exponentInterval(law, interval.exponent()),
                            interval.exponent().low()))
                .orElse(Cell.nothing()),
            Cell.number(Phrases.rSquared(law.rSquared()), law.rSquared()),
            Cell.number(Numerals.whole(law.points().size()), law.points().size())));
  }

  private Optional<RichText> surface() {
    return input
        .status()
        .map(ScalingSweepStatus::laws)
        .map(LawsStatus::surface)
        .map(LawTable::surface);
  }

  private static RichText surface(SurfaceStatus surface) {
    return RichText.of("Cross-check by a surface over ")
        .italic("N")
        .text(" and ")
        .italic("D")
        .text(" (" + Phrases.several(surface.points(), "trial") + ", " + surface.method() + "): ")
        .italic("L")
        .text(" = " + Numerals.significant(surface.irreducible(), 4) + " + ")
        .then(Numerals.scientific(surface.a(), 3))
        .text("\u2009")
        .italic("N")
        .superscript(Numerals.significant(-surface.alpha(), 3))
        .text(" + ")
        .then(Numerals.scientific(surface.b(), 3))
        .text("\u2009")
        .italic("D")
        .superscript(Numerals.significant(-surface.beta(), 3))
        .text(
            ", which puts the exponent of the model size at "
                + Numerals.significant(surface.modelExponent(), 3)
                + ".");
  }
}
