package dev.isoflop.operator.report.tables;

import dev.isoflop.laws.isoflop.IsoFlopCurve;
import dev.isoflop.laws.isoflop.Optimum;
import dev.isoflop.laws.text.NumberFormat;
import dev.isoflop.operator.report.input.BudgetLevels;
import dev.isoflop.operator.report.input.ReportInput;
import dev.isoflop.operator.report.input.ReportTrial;
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

/** Table of each budget's optimum, or why there is none. */
public final class BudgetTable {

  private final ReportInput input;
  private final BudgetLevels levels;

  public BudgetTable(ReportInput input, BudgetLevels levels) {
    this.input = input;
    this.levels = levels;
  }

  public Table table() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < levels.levels().size(); i++) {
      rows.add(row(i));
    }
    return new Table(
        "budget-table",
        RichText.of("Budgets and their optima"),
        List.of(
            Column.number(Phrases.C.text(" (FLOPs)"), "training compute of each trial"),
            Column.number(RichText.of("In the fit"), "trials in the fit, of all at this budget"),
            Column.number(Phrases.N_OPTIMAL, "parameters without embeddings at the minimum"),
            Column.number(
                RichText.of(Phrases.percent(input.confidence()) + " interval"),
                "sizes that the trials do not contradict as the minimum"),
            Column.number(Phrases.D_OPTIMAL, "training tokens at the minimum"),
            Column.number(RichText.of("Samples"), "training samples at the minimum"),
            Column.number(
                Phrases.D_OPTIMAL.text("/").then(Phrases.N_OPTIMAL), "tokens for each parameter"),
            Column.number(Phrases.LOSS_OPTIMAL, "loss at the minimum"),
            Column.number(
                RichText.EMPTY.italic("R").superscript("2"),
                "share of the variance of loss that the parabola explains"),
            Column.text("Minimum")),
        rows,
        rows.isEmpty() ? "No budget has a trial yet." : "",
        false,
        input.open().any()
            ? List.of(RichText.of("A budget enters the fit when all of its trials have ended."))
            : List.of());
  }

  private Row row(int level) {
    double budget = levels.levels().get(level);
    Optional<IsoFlopCurve> curve =
        input.allCurves().stream().filter(it -> it.budget() == budget).findFirst();
    long trials =
        input.trials().stream().filter(trial -> levels.index(trial.budget()) == level).count();
    int used = curve.map(it -> it.points().size()).orElse(0);
    List<Cell> cells = new ArrayList<>();
    cells.add(Cell.number(Numerals.flops(budget), budget));
    cells.add(Cell.number(used + " of " + Math.max(used, trials), used));
    Optional<Optimum> optimum = curve.flatMap(it -> it.optimum().value());
    if (optimum.isPresent()) {
      optimum(optimum.get(), cells);
    } else {
      for (int i = 0; i < 6; i++) {
        cells.add(Cell.nothing());
      }
    }
    cells.add(
        curve.isPresent() && curve.get().rSquared().isPresent()
            ? Cell.number(
                Phrases.rSquared(curve.get().rSquared().getAsDouble()),
                curve.get().rSquared().getAsDouble())
            : Cell.nothing());
    cells.add(Cell.text(minimum(budget, curve) + (heldOut(curve) ? "; held out of the laws" : "")));
    return new Row(optimum.isPresent() ? "" : "muted", cells);
  }

  private static void optimum(Optimum optimum, List<Cell> cells) {
    QuantityFormat sizes =
        optimum.parametersInterval().map(QuantityFormat.COUNT::apart).orElse(QuantityFormat.COUNT);
    cells.add(Cell.number(sizes.of(optimum.parameters()), optimum.parameters()));
    cells.add(
        optimum
            .parametersInterval()
            .map(interval -> Cell.number(sizes.interval(interval), interval.low()))
            .orElse(Cell.number("unbounded", Double.POSITIVE_INFINITY)));
    cells.add(Cell.number(Numerals.count(optimum.tokens()), optimum.tokens()));
    cells.add(
        optimum.samples().isPresent()
            ? Cell.number(
                Numerals.count(optimum.samples().getAsDouble()), optimum.samples().getAsDouble())
            : Cell.nothing());
    double ratio = optimum.tokens() / optimum.parameters();
    cells.add(Cell.number(Numerals.significant(ratio, 3), ratio));
    cells.add(Cell.number(Phrases.loss(optimum.loss()), optimum.loss()));
  }

  private boolean heldOut(Optional<IsoFlopCurve> curve) {
    return curve.filter(input::isHeldOut).isPresent();
  }

  private String minimum(double budget, Optional<IsoFlopCurve> curve) {
    if (curve.isEmpty() && input.open().at(budget)) {
      List<ReportTrial> own =
          input.trials().stream().filter(it -> BudgetLevels.same(it.budget(), budget)).toList();
      return "not yet: %d of %s have ended"
          .formatted(
              own.stream().filter(trial -> trial.outcome().isPresent()).count(),
              NumberFormat.several(own.size(), "trial"));
    }
    return curve
        .map(
            it ->
                it.optimum()
                    .refusal()
                    .map(refusal -> "none: " + refusal.message())
                    .orElse("among the sizes"))
        .orElse("none: no trial of this budget is in the fit");
  }
}
