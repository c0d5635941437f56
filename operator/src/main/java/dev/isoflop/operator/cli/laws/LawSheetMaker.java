package dev.isoflop.operator.cli.laws;

import dev.isoflop.api.v1alpha1.status.PredictionStatus;
import dev.isoflop.laws.data.LawQuantity;
import dev.isoflop.laws.finding.Finding;
import dev.isoflop.laws.fit.Laws;
import dev.isoflop.laws.fit.MetricLaw;
import dev.isoflop.laws.isoflop.IsoFlopCurve;
import dev.isoflop.laws.isoflop.Optimum;
import dev.isoflop.laws.options.LawOptions;
import dev.isoflop.operator.sweep.status.CurveMapping;
import dev.isoflop.operator.sweep.status.LawMapping;
import dev.isoflop.operator.sweep.status.PredictionMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes sheets of fits. JSON knows no infinity, so open intervals are absent. */
public final class LawSheetMaker {

  private LawSheetMaker() {}

  private static PredictionMapping.Found found(Optimum optimum) {
    return new PredictionMapping.Found(optimum.loss(), optimum.parameters());
  }

  /** All of a fit: the budgets held out are predicted first, then those asked for. */
  public static LawSheet sheet(Laws laws, LawOptions options, List<Double> predict) {
    List<PredictionStatus> predictions = new ArrayList<>();
    for (IsoFlopCurve curve : laws.heldOutCurves()) {
      predictions.add(
          PredictionMapping.of(
              laws.predict(curve.budget()),
              curve.optimum().value().map(LawSheetMaker::found).orElse(null)));
    }
    predict.forEach(flops -> predictions.add(PredictionMapping.of(laws.predict(flops), null)));
    return new LawSheet(
        FitSetting.of(options, laws.heldOutBudgets()),
        laws.allCurves().stream().map(CurveMapping::of).toList(),
        new LawEntries(
            LawMapping.law(laws, LawQuantity.PARAMETERS),
            LawMapping.law(laws, LawQuantity.TOKENS),
            LawMapping.law(laws, LawQuantity.SAMPLES),
            LawMapping.law(laws, LawQuantity.LOSS),
            metrics(laws, options.referenceDataset()),
            laws.surface().value().map(LawMapping::surface).orElse(null),
            laws.findings().stream().map(Finding::message).toList(),
            new ProvenanceEntry(
                laws.provenance().inputDigest(),
                laws.provenance().software(),
                laws.provenance().convention())),
        predictions);
  }

  private static List<MetricLawEntry> metrics(Laws laws, Optional<String> referenceDataset) {
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
                          referenceDataset
                              .flatMap(
                                  first ->
                                      Optional.ofNullable(
                                          LawMapping.offset(metric.series(), law, laws, first)))
                              .orElse(null))));
    }
    return metrics;
  }
}
