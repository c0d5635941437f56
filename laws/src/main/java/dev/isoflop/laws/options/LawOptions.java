package dev.isoflop.laws.options;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Optional;

/**
 * Options of the fits. All of them enter the provenance digest.
 *
 * @param confidence of every interval, inside (0, 1)
 * @param bootstrap resamples per law and of the surface; 0 leaves the bootstrap out
 * @param scheme what the bootstrap of the curves resamples
 * @param seed of the resampling
 * @param curves how isoFLOP curves are formed and fitted
 * @param weighting of the optima in a law
 * @param offsets whether loss and metric laws may have an offset
 * @param surface what the surface fit minimises
 * @param referenceDataset the evaluation set that others are compared with; empty for the first by
 *     name
 * @param holdOutLargest how many of the largest budgets the laws must not see; they are predicted
 *     instead
 * @param convention how FLOPs were counted, {@code Analytic} or {@code SixND}; recorded, not used
 * @param software name and version recorded in the provenance
 */
@RecordBuilder
public record LawOptions(
    double confidence,
    int bootstrap,
    BootstrapScheme scheme,
    long seed,
    CurveOptions curves,
    LawWeighting weighting,
    OffsetChoice offsets,
    SurfaceObjective surface,
    Optional<String> referenceDataset,
    int holdOutLargest,
    String convention,
    String software)
    implements LawOptionsBuilder.With {

  public LawOptions {
    if (!(confidence > 0 && confidence < 1)) {
      throw new IllegalArgumentException(
          "confidence: " + confidence + " must lie inside (0, 1), such as 0.95");
    }
    if (bootstrap < 0) {
      throw new IllegalArgumentException(
          "bootstrap: " + bootstrap + " must not be negative; 0 turns it off, 1000 is usual");
    }
    if (holdOutLargest < 0) {
      throw new IllegalArgumentException(
          "holdOutLargest: " + holdOutLargest + " must not be negative; 0 holds no budget out");
    }
  }

  public static LawOptions defaults() {
    return new LawOptions(
        0.95,
        1000,
        BootstrapScheme.DEVIATIONS,
        0,
        CurveOptions.defaults(),
        LawWeighting.EQUAL,
        OffsetChoice.BY_AICC,
        SurfaceObjective.CHINCHILLA,
        Optional.empty(),
        0,
        "Analytic",
        "isoflop");
  }

  /** These options with another {@link CurveOptions#budgetTolerance}. */
  public LawOptions withBudgetTolerance(double tolerance) {
    return withCurves(curves.withBudgetTolerance(tolerance));
  }

  /** These options with another {@link CurveOptions#lossScale}. */
  public LawOptions withLossScale(LossScale scale) {
    return withCurves(curves.withLossScale(scale));
  }

  /** These options with another {@link CurveOptions#outliers}. */
  public LawOptions withOutliers(OutlierTreatment treatment) {
    return withCurves(curves.withOutliers(treatment));
  }

  /** These options with a reference set. */
  public LawOptions withReferenceDataset(String dataset) {
    return withReferenceDataset(Optional.of(dataset));
  }
}
