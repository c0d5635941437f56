package dev.isoflop.operator.cli.laws;

import dev.isoflop.api.v1alpha1.IntervalStatus;
import dev.isoflop.api.v1alpha1.LawStatus;
import dev.isoflop.operator.laws.Finding;
import dev.isoflop.operator.laws.Fit;
import dev.isoflop.operator.laws.Interval;
import dev.isoflop.operator.laws.IsoFlopCurve;
import dev.isoflop.operator.laws.LawOptions;
import dev.isoflop.operator.laws.LawPrediction;
import dev.isoflop.operator.laws.Laws;
import dev.isoflop.operator.laws.MetricLaw;
import dev.isoflop.operator.laws.Optimum;
import dev.isoflop.operator.laws.PowerLaw;
import dev.isoflop.operator.laws.Prediction;
import dev.isoflop.operator.laws.Refusal;
import dev.isoflop.operator.sweep.LawMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Makes sheets of fits. JSON knows no infinity, so open intervals are absent. */
public final class LawSheetMaker {

  private LawSheetMaker() {}

  /** All of a fit, and its predictions. */
  public static LawSheet sheet(Laws laws, LawOptions options, List<Double> predict) {
    return new LawSheet(
        new FitSetting(options.confidence(), options.bootstrap(), options.seed()),
        laws.curves().stream().map(LawSheetMaker::curve).toList(),
        new LawEntries(
            law(laws.parameters()),
            law(laws.tokens()),
            law(laws.loss()),
            metrics(laws),
            laws.surface().value().map(LawMapping::surface).orElse(null),
            laws.findings().stream().map(Finding::message).toList(),
            new ProvenanceEntry(
                laws.provenance().inputDigest(),
                laws.provenance().software(),
                laws.provenance().convention())),
        predict.stream().map(laws::predict).map(LawSheetMaker::prediction).toList());
  }

  /** What the laws say of one budget. */
  public static PredictionEntry prediction(Prediction prediction) {
    return new PredictionEntry(
        prediction.flops(),
        value(prediction.parameters()),
        value(prediction.tokens()),
        boxed(prediction.samples()),
        value(prediction.loss()),
        interval(prediction.loss()),
        interval(prediction.parameters()),
        interval(prediction.tokens()),
        null,
        prediction.extrapolationFactor());
  }

  /** Predictions of a status with all that the laws know of them. */
  public static List<PredictionEntry> refined(
      List<PredictionEntry> predictions, Optional<Laws> laws) {
    return laws.isEmpty()
        ? predictions
        : predictions.stream()
            .map(known -> prediction(laws.get().predict(known.flops())).measured(known.measured()))
            .toList();
  }

  private static CurveEntry curve(IsoFlopCurve curve) {
    Optional<Refusal> refusal = curve.optimum().refusal();
    Boolean interior =
        curve.interior()
            ? Boolean.TRUE
            : refusal.filter(Refusal.OptimumOutsideRange.class::isInstance).isPresent()
                ? Boolean.FALSE
                : null;
    return new CurveEntry(
        curve.budget(),
        curve.points().size(),
        curve.points().size(),
        curve.optimum().value().map(LawSheetMaker::optimum).orElse(null),
        interior,
        boxed(curve.rSquared()),
        refusal.map(Finding::message).orElse(null));
  }

  private static OptimumEntry optimum(Optimum optimum) {
    return new OptimumEntry(
        optimum.parameters(),
        optimum.tokens(),
        boxed(optimum.samples()),
        optimum.loss(),
        optimum.parametersInterval().map(LawMapping::interval).orElse(null));
  }

  private static @Nullable LawStatus law(Fit<PowerLaw> law) {
    return law.value().map(LawMapping::law).orElse(null);
  }

  private static List<MetricLawEntry> metrics(Laws laws) {
    List<MetricLawEntry> metrics = new ArrayList<>();
    for (MetricLaw metric : laws.metrics()) {
      metric
          .law()
          .value()
          .ifPresent(
              law ->
                  metrics.add(
                      new MetricLawEntry(
                          metric.series().metric(),
                          metric.series().dataset(),
                          LawMapping.law(law),
                          null)));
    }
    return metrics;
  }

  private static @Nullable Double value(Optional<LawPrediction> prediction) {
    return prediction.map(LawPrediction::value).orElse(null);
  }

  private static @Nullable IntervalStatus interval(Optional<LawPrediction> prediction) {
    return prediction
        .map(LawPrediction::predictionInterval)
        .flatMap(it -> Optional.ofNullable(finite(it)))
        .orElse(null);
  }

  private static @Nullable IntervalStatus finite(Interval interval) {
    return LawMapping.interval(interval);
  }

  private static @Nullable Double boxed(OptionalDouble value) {
    return value.isPresent() && Double.isFinite(value.getAsDouble()) ? value.getAsDouble() : null;
  }
}
