package dev.isoflop.operator.sweep;

import dev.isoflop.api.v1alpha1.IntervalStatus;
import dev.isoflop.api.v1alpha1.PredictionStatus;
import dev.isoflop.operator.laws.LawPrediction;
import dev.isoflop.operator.laws.Laws;
import dev.isoflop.operator.laws.Optimum;
import dev.isoflop.operator.laws.Prediction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the laws say of other budgets, in the words of the status. */
public final class PredictionMapping {

  private PredictionMapping() {}

  /** The held-out budget, if there is one, then those of {@code laws.predict} in their order. */
  static List<PredictionStatus> of(FittedLaws fitted, List<Double> wanted) {
    List<PredictionStatus> predictions = new ArrayList<>();
    fitted
        .laws()
        .ifPresent(
            laws -> {
              fitted.heldOut().ifPresent(budget -> add(laws, budget, fitted, predictions));
              wanted.forEach(budget -> add(laws, budget, fitted, predictions));
            });
    return predictions;
  }

  private static void add(
      Laws laws, double flops, FittedLaws fitted, List<PredictionStatus> predictions) {
    Prediction prediction = laws.predict(flops);
    if (prediction.parameters().isEmpty()
        || prediction.tokens().isEmpty()
        || prediction.loss().isEmpty()) {
      return;
    }
    predictions.add(of(prediction, measured(flops, fitted)));
  }

  /**
   * What laws say of one budget.
   *
   * @param measured the loss found there, if it was trained and the laws did not see it
   */
  public static PredictionStatus of(Prediction prediction, @Nullable Double measured) {
    return new PredictionStatus(
        prediction.flops(),
        prediction.parameters().map(LawPrediction::value).orElse(null),
        prediction.tokens().map(LawPrediction::value).orElse(null),
        prediction.samples().isPresent() ? prediction.samples().getAsDouble() : null,
        prediction.loss().map(LawPrediction::value).orElse(null),
        interval(prediction.loss()),
        interval(prediction.parameters()),
        interval(prediction.tokens()),
        measured,
        prediction.extrapolationFactor());
  }

  private static @Nullable IntervalStatus interval(Optional<LawPrediction> prediction) {
    return prediction
        .map(LawPrediction::predictionInterval)
        .flatMap(found -> Optional.ofNullable(LawMapping.interval(found)))
        .orElse(null);
  }

  /** The loss at the optimum of a curve that the laws did not see; of one they saw, nothing. */
  private static @Nullable Double measured(double flops, FittedLaws fitted) {
    return fitted.heldOut().isPresent() && fitted.heldOut().getAsDouble() == flops
        ? fitted
            .curve(flops)
            .flatMap(curve -> curve.optimum().value())
            .map(Optimum::loss)
            .orElse(null)
        : null;
  }
}
