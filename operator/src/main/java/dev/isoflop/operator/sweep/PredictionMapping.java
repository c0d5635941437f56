package dev.isoflop.operator.sweep;

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
final class PredictionMapping {

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
    Optional<LawPrediction> parameters = prediction.parameters();
    Optional<LawPrediction> tokens = prediction.tokens();
    Optional<LawPrediction> loss = prediction.loss();
    if (parameters.isEmpty()
        || tokens.isEmpty()
        || loss.isEmpty()
        || prediction.samples().isEmpty()) {
      return;
    }
    predictions.add(
        new PredictionStatus(
            flops,
            parameters.get().value(),
            tokens.get().value(),
            prediction.samples().getAsDouble(),
            loss.get().value(),
            LawMapping.interval(loss.get().predictionInterval()),
            LawMapping.interval(parameters.get().predictionInterval()),
            measured(flops, fitted),
            prediction.extrapolationFactor()));
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
