package dev.isoflop.operator.report.tables;

import dev.isoflop.laws.data.LawQuantity;
import dev.isoflop.laws.fit.Check;
import dev.isoflop.laws.fit.HeldOutBudget;
import dev.isoflop.laws.fit.Laws;
import dev.isoflop.laws.stats.Interval;
import dev.isoflop.laws.text.NumberFormat;
import dev.isoflop.operator.report.input.ReportInput;
import dev.isoflop.operator.report.plot.Numerals;
import dev.isoflop.operator.report.plot.RichText;
import dev.isoflop.operator.report.tables.Table.Cell;
import dev.isoflop.operator.report.tables.Table.Column;
import dev.isoflop.operator.report.tables.Table.Row;
import dev.isoflop.operator.report.words.Phrases;
import dev.isoflop.operator.report.words.QuantityFormat;
import java.util.ArrayList;
import java.util.List;

/** Every budget as laws of the smaller ones foresee it: the only test that data in hand allow. */
public final class HoldOutTable {
  private final ReportInput input;

  public HoldOutTable(ReportInput input) {
    this.input = input;
  }

  public Table table() {
    List<HeldOutBudget> checks = input.laws().map(Laws::rolling).orElse(List.of());
    String interval = Phrases.percent(input.confidence()) + " interval";
    return new Table(
        "hold-out-table",
        RichText.of("Larger budgets predicted from smaller ones"),
        List.of(
            Column.number(RichText.of("Fitted up to"), "the largest budget that the laws saw"),
            Column.number(RichText.of("Budgets"), "how many budgets they saw"),
            Column.number(Phrases.C.text(" held out"), "the budget predicted, FLOPs"),
            Column.number(
                RichText.of("Extrapolation"),
                "how many times the budget lies above the largest that was seen"),
            Column.number(
                Phrases.N_OPTIMAL.text(" predicted"), "by the law of the smaller budgets"),
            Column.number(RichText.of(interval), "where a further optimum was expected"),
            Column.number(RichText.of("measured"), "the optimum of the budget's own curve"),
            Column.number(RichText.of("error"), "predicted over measured, less 1"),
            Column.number(Phrases.LOSS_OPTIMAL.text(" predicted"), "by the law of smaller budgets"),
            Column.number(RichText.of(interval), "where a further optimum was expected"),
            Column.number(RichText.of("measured"), "the minimum of the budget's own curve"),
            Column.number(RichText.of("error"), "predicted over measured, less 1")),
        checks.stream().map(HoldOutTable::row).toList(),
        checks.isEmpty()
            ? "Four budgets with an optimum are needed to hold one out: three for the laws, and one"
                + " to predict."
            : "",
        false,
        checks.isEmpty() ? List.of() : List.of(note(checks)));
  }

  private static Row row(HeldOutBudget check) {
    List<Cell> cells = new ArrayList<>();
    int fitted = check.fitted().size();
    double largest = check.fitted().get(fitted - 1);
    cells.add(Cell.number(Numerals.flops(largest), largest));
    cells.add(Cell.number(Integer.toString(fitted), fitted));
    cells.add(Cell.number(Numerals.flops(check.budget()), check.budget()));
    double reach = check.budget() / largest;
    cells.add(Cell.number(Phrases.reach(reach, true), reach));
    check(of(check, LawQuantity.PARAMETERS), QuantityFormat.COUNT, cells);
    check(of(check, LawQuantity.LOSS), QuantityFormat.LOSS, cells);
    return new Row("", cells);
  }

  /** The check of a main quantity, which every budget of a rolling validation has. */
  private static Check of(HeldOutBudget budget, LawQuantity quantity) {
    return budget.check(quantity).orElseThrow();
  }

  private static void check(Check check, QuantityFormat usual, List<Cell> cells) {
    double predicted = check.prediction().value();
    Interval interval = check.prediction().predictionInterval();
    QuantityFormat format = usual.apart(interval);
    cells.add(Cell.number(format.of(predicted), predicted));
    cells.add(Cell.number(format.interval(interval), interval.low()));
    cells.add(Cell.number(format.of(check.measured()), check.measured()));
    double percent = 100 * check.relativeError();
    cells.add(
        Cell.number(
            (percent > 0 ? "+" : "")
                + Numerals.significant(percent, 2)
                + "\u00a0%"
                + (check.within() ? "" : "\u00a0\u2717"),
            percent));
  }

  private static RichText note(List<HeldOutBudget> checks) {
    long size = checks.stream().filter(check -> of(check, LawQuantity.PARAMETERS).within()).count();
    long loss = checks.stream().filter(check -> of(check, LawQuantity.LOSS).within()).count();
    String inside =
        checks.size() == 1
            ? "The size lies %s its interval, the loss %s; \u2717 marks what lies outside."
                .formatted(size == 1 ? "inside" : "outside", loss == 1 ? "inside" : "outside")
            : "Of %s, %s of the sizes and %s of the losses lie inside their interval; \u2717 marks those outside."
                .formatted(NumberFormat.several(checks.size(), "prediction"), size, loss);
    return RichText.of(inside)
        .text(
            " Intervals are Student's t for one further optimum; laws through three budgets have"
                + " one degree of freedom, so theirs are wide."
                + (checks.size() == 1 ? "" : " Rows share budgets and are not independent."));
  }
}
