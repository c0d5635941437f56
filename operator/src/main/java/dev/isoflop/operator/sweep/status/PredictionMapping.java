package dev.isoflop.operator.sweep.status;

import dev.isoflop.api.v1alpha1.status.IntervalStatus;
import dev.isoflop.api.v1alpha1.status.PredictionStatus;
import dev.isoflop.laws.data.LawQuantity;
import dev.isoflop.laws.data.TrainedPoint;
import dev.isoflop.laws.fit.Laws;
import dev.isoflop.laws.fit.Prediction;
import dev.isoflop.laws.isoflop.Optimum;
import dev.isoflop.laws.powerlaw.LawPrediction;
import dev.isoflop.operator.sweep.laws.FittedLaws;
import dev.isoflop.operator.sweep.state.SweepProgress;
import dev.isoflop.trial.OutcomeType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Predictions of the laws at other budgets, as the status has them. */
public final class PredictionMapping {

  /**
   * The measurement at a budget that the laws did not see.
   *
   * @param parameters N at which it was found
   */
  public record Found(double loss, double parameters) {}

  private PredictionMapping() {}

  /**
   * The held-out budget, if there is one, then that of {@code laws.validatePrediction}, then those
   * of {@code laws.predict} in their order.
   */
  static List<PredictionStatus> of(SweepProgress progress, FittedLaws fitted) {
    List<PredictionStatus> predictions = new ArrayList<>();
    fitted
        .laws()
        .ifPresent(
            laws -> {
              Set<Double> budgets = new LinkedHashSet<>();
              fitted.heldOut().ifPresent(budgets::add);
              progress.planned().reserve().checked().ifPresent(budgets::add);
              budgets.addAll(progress.observed().spec().laws().predict());
              budgets.forEach(budget -> add(laws, budget, progress, fitted, predictions));
            });
    return predictions;
  }

  private static void add(
      Laws laws,
      double flops,
      SweepProgress progress,
      FittedLaws fitted,
      List<PredictionStatus> predictions) {
    Prediction prediction = laws.predict(flops);
    if (!prediction.subjects().keySet().containsAll(LawQuantity.mainOnes())) {
      return;
    }
    Optional<Found> found = heldOut(flops, fitted).or(() -> checked(flops, progress));
    predictions.add(of(prediction, found.orElse(null)));
  }

  /**
   * The prediction of laws at one budget.
   *
   * @param found there, if it was trained and the laws did not see it
   */
  public static PredictionStatus of(Prediction prediction, @Nullable Found found) {
    return new PredictionStatus(
        prediction.flops(),
        prediction.parameters().map(LawPrediction::value).orElse(null),
        prediction.tokens().map(LawPrediction::value).orElse(null),
        prediction.of(LawQuantity.SAMPLES).map(LawPrediction::value).orElse(null),
        prediction.loss().map(LawPrediction::value).orElse(null),
        interval(prediction.loss()),
        interval(prediction.parameters()),
        interval(prediction.tokens()),
        found == null ? null : found.loss(),
        found == null ? null : found.parameters(),
        prediction.extrapolationFactor());
  }

  private static @Nullable IntervalStatus interval(Optional<LawPrediction> prediction) {
    return prediction
        .map(LawPrediction::predictionInterval)
        .flatMap(found -> Optional.ofNullable(LawMapping.interval(found)))
        .orElse(null);
  }

  /** The optimum of a curve that the laws did not see; of one they saw, nothing. */
  private static Optional<Found> heldOut(double flops, FittedLaws fitted) {
    return fitted.heldOut().isPresent() && fitted.heldOut().getAsDouble() == flops
        ? fitted
            .curve(flops)
            .flatMap(curve -> curve.optimum().value())
            .map(PredictionMapping::found)
        : Optional.empty();
  }

  private static Found found(Optimum optimum) {
    return new Found(optimum.loss(), optimum.parameters());
  }

  /** The model that was trained to check the laws. */
  private static Optional<Found> checked(double flops, SweepProgress progress) {
    return progress
        .checkTrial()
        .filter(trial -> trial.planned().budget() == flops)
        .filter(trial -> trial.ended(OutcomeType.Succeeded))
        .map(
            trial -> {
              TrainedPoint point = FittedLaws.point(trial);
              return new Found(point.loss().value(), point.parameters());
            });
  }
}
