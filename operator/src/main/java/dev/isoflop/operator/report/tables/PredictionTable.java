package dev.isoflop.operator.report.tables;

import dev.isoflop.api.v1alpha1.ScalingSweepStatus;
import dev.isoflop.api.v1alpha1.status.PredictionStatus;
import dev.isoflop.laws.data.LawQuantity;
import dev.isoflop.laws.fit.Laws;
import dev.isoflop.laws.fit.Prediction;
import dev.isoflop.laws.isoflop.Optimum;
import dev.isoflop.laws.powerlaw.LawPrediction;
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
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** The laws at budgets beyond the grid, with what was measured there since. */
public final class PredictionTable {

  private final ReportInput input;

  public PredictionTable(ReportInput input) {
    this.input = input;
  }

  public Table table() {
    List<Row> rows = new ArrayList<>();
    input
        .laws()
        .ifPresent(
            laws -> {
              if (laws.quantities().values().stream().anyMatch(it -> it.value().isPresent())) {
                input.asked().forEach(budget -> rows.add(row(laws, budget)));
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
                RichText.of("Extrapolation"),
                "how many times the budget lies above the largest fitted one, or below the"
                    + " smallest")),
        rows,
        rows.isEmpty() ? absence() : "",
        false,
        notes(rows));
  }

  private String absence() {
    if (input.asked().isEmpty()) {
      return input.spec().isPresent()
          ? "No prediction was asked for; name budgets in laws.predict."
          : "No prediction was asked for; name budgets with --predict.";
    }
    return input.open().any()
        ? "There is no law yet, so nothing can be predicted."
        : "No law was fitted, so nothing can be predicted.";
  }

  private static List<RichText> notes(List<Row> rows) {
    return rows.isEmpty()
        ? List.of()
        : List.of(
            RichText.of(
                "Intervals are for one further optimum as it would be measured (Student's t). They"
                    + " assume that the laws hold unchanged at that compute, which no fit can know:"
                    + " the further it lies from the fitted budgets, the more rests on that."));
  }

  private Row row(Laws laws, double budget) {
    Prediction prediction = laws.predict(budget);
    List<Cell> cells = new ArrayList<>();
    cells.add(Cell.number(Numerals.flops(budget), budget));
    value(prediction.parameters(), QuantityFormat.COUNT, true, cells);
    value(prediction.tokens(), QuantityFormat.COUNT, false, cells);
    value(prediction.of(LawQuantity.SAMPLES), QuantityFormat.COUNT, false, cells);
    value(prediction.loss(), QuantityFormat.LOSS, true, cells);
    OptionalDouble measured = measured(budget);
    cells.add(
        measured.isPresent()
            ? Cell.number(Phrases.loss(measured.getAsDouble()), measured.getAsDouble())
            : Cell.nothing());
    cells.add(extrapolation(laws, prediction));
    return new Row("", cells);
  }

  /** Nothing where no law says anything of the budget. */
  private static Cell extrapolation(Laws laws, Prediction prediction) {
    boolean foreseen =
        prediction.subjects().keySet().stream().anyMatch(LawQuantity.class::isInstance);
    boolean above =
        laws.quantities().values().stream()
            .flatMap(law -> law.value().stream())
            .flatMap(law -> law.points().stream())
            .allMatch(point -> point.budget() < prediction.flops());
    return foreseen
        ? Cell.number(
            Phrases.reach(prediction.extrapolationFactor(), above),
            prediction.extrapolationFactor())
        : Cell.nothing();
  }

  private static void value(
      Optional<LawPrediction> prediction,
      QuantityFormat usual,
      boolean withInterval,
      List<Cell> cells) {
    QuantityFormat format =
        prediction.map(it -> usual.apart(it.predictionInterval())).orElse(usual);
    cells.add(
        prediction
            .map(it -> Cell.number(format.of(it.value()), it.value()))
            .orElse(Cell.nothing()));
    if (withInterval) {
      cells.add(
          prediction
              .map(LawPrediction::predictionInterval)
              .map(it -> Cell.number(format.interval(it), it.low()))
              .orElse(Cell.nothing()));
    }
  }

  /** The value measured at a budget that the laws did not see. */
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
