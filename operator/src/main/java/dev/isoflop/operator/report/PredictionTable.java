package dev.isoflop.operator.report;

import dev.isoflop.api.v1alpha1.PredictionStatus;
import dev.isoflop.api.v1alpha1.ScalingSweepStatus;
import dev.isoflop.operator.laws.LawPrediction;
import dev.isoflop.operator.laws.Laws;
import dev.isoflop.operator.laws.Optimum;
import dev.isoflop.operator.laws.Prediction;
import dev.isoflop.operator.report.Table.Cell;
import dev.isoflop.operator.report.Table.Column;
import dev.isoflop.operator.report.Table.Row;
import dev.isoflop.operator.report.plot.Numerals;
import dev.isoflop.operator.report.plot.RichText;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;
import java.util.stream.Stream;

/** The laws at budgets beyond the grid, with what was measured there since. */
final class PredictionTable {

  private final ReportInput input;

  PredictionTable(ReportInput input) {
    this.input = input;
  }

  Table table() {
    List<Row> rows = new ArrayList<>();
    input
        .laws()
        .ifPresent(
            laws -> {
              for (double budget : input.asked()) {
                rows.add(row(laws, budget));
              }
            });
    String interval = Phrases.percent(input.confidence()) + " interval";
    return new Table(
        "prediction-table",
        RichText.of("Predicted compute-optimal models"),
        List.of(
            Column.number(Phrases.C.text(" (FLOPs)"), "training compute"),
            Column.number(Phrases.N_OPTIMAL, "predicted parameters without embeddings"),
            Column.number(RichText.of(interval), "prediction interval of the optimal size"),
            Column.number(Phrases.D_OPTIMAL, "predicted training tokens"),
            Column.number(RichText.of("Samples"), "predicted training samples"),
            Column.number(Phrases.LOSS_OPTIMAL, "predicted loss"),
            Column.number(RichText.of(interval), "prediction interval of the loss"),
            Column.number(RichText.of("Measured"), "loss measured there, if it was trained"),
            Column.number(
                RichText.of("Reach"), "the budget over the largest fitted one; 1 is inside")),
        rows,
        rows.isEmpty() ? absence() : "",
        false,
        notes(rows));
  }

  private String absence() {
    if (input.asked().isEmpty()) {
      return "No prediction was asked for; name budgets in laws.predict.";
    }
    return "No law was fitted, so nothing can be predicted.";
  }

  private static List<RichText> notes(List<Row> rows) {
    return rows.isEmpty()
        ? List.of()
        : List.of(
            RichText.of(
                "Intervals are for one further optimum as it would be measured (Student's t). They"
                    + " assume that the laws hold unchanged at that compute, which no fit can"
                    + " know: the further the reach, the more rests on that."));
  }

  private Row row(Laws laws, double budget) {
    Prediction prediction = laws.predict(budget);
    List<Cell> cells = new ArrayList<>();
    cells.add(Cell.number(Phrases.flops(budget), budget));
    value(prediction.parameters(), Numerals::count, true, cells);
    value(prediction.tokens(), Numerals::count, false, cells);
    cells.add(
        prediction.samples().isPresent()
            ? Cell.number(
                Numerals.count(prediction.samples().getAsDouble()),
                prediction.samples().getAsDouble())
            : Cell.nothing());
    value(prediction.loss(), Phrases::loss, true, cells);
    OptionalDouble measured = measured(budget);
    cells.add(
        measured.isPresent()
            ? Cell.number(Phrases.loss(measured.getAsDouble()), measured.getAsDouble())
            : Cell.nothing());
    cells.add(
        Cell.number(
            Numerals.significant(prediction.extrapolationFactor(), 3) + "\u00d7",
            prediction.extrapolationFactor()));
    return new Row("", cells);
  }

  private static void value(
      Optional<LawPrediction> prediction,
      DoubleFunction<String> words,
      boolean withInterval,
      List<Cell> cells) {
    cells.add(
        prediction
            .map(it -> Cell.number(words.apply(it.value()), it.value()))
            .orElse(Cell.nothing()));
    if (withInterval) {
      cells.add(
          prediction
              .map(LawPrediction::predictionInterval)
              .map(
                  it ->
                      Cell.number(
                          "[" + words.apply(it.low()) + ", " + words.apply(it.high()) + "]",
                          it.low()))
              .orElse(Cell.nothing()));
    }
  }

  /** What was measured at a budget that the laws did not see. */
  private OptionalDouble measured(double budget) {
    return Stream.concat(
            input.heldOut().stream()
                .filter(curve -> curve.budget() == budget)
                .flatMap(curve -> curve.optimum().value().stream())
                .map(Optimum::loss),
            input.status().map(ScalingSweepStatus::predictions).orElse(List.of()).stream()
                .filter(prediction -> prediction.flops() == budget)
                .map(PredictionStatus::measured)
                .filter(Objects::nonNull))
        .mapToDouble(Double::doubleValue)
        .findFirst();
  }
}
