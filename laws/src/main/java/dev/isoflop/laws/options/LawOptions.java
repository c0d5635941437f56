package dev.isoflop.laws.options;

import java.util.Optional;

/**
 * What a user may choose about the fits. All of it enters the provenance digest.
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
    String software) {

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
    return new Draft().build();
  }

  public LawOptions withConfidence(double value) {
    Draft draft = new Draft(this);
    draft.confidence = value;
    return draft.build();
  }

  public LawOptions withBootstrap(int resamples) {
    Draft draft = new Draft(this);
    draft.bootstrap = resamples;
    return draft.build();
  }

  public LawOptions withScheme(BootstrapScheme value) {
    Draft draft = new Draft(this);
    draft.scheme = value;
    return draft.build();
  }

  public LawOptions withSeed(long value) {
    Draft draft = new Draft(this);
    draft.seed = value;
    return draft.build();
  }

  public LawOptions withCurves(CurveOptions value) {
    Draft draft = new Draft(this);
    draft.curves = value;
    return draft.build();
  }

  public LawOptions withBudgetTolerance(double value) {
    return withCurves(new CurveOptions(value, curves.lossScale(), curves.outliers()));
  }

  public LawOptions withLossScale(LossScale value) {
    return withCurves(new CurveOptions(curves.budgetTolerance(), value, curves.outliers()));
  }

  public LawOptions withOutliers(OutlierTreatment value) {
    return withCurves(new CurveOptions(curves.budgetTolerance(), curves.lossScale(), value));
  }

  public LawOptions withWeighting(LawWeighting value) {
    Draft draft = new Draft(this);
    draft.weighting = value;
    return draft.build();
  }

  public LawOptions withOffsets(OffsetChoice value) {
    Draft draft = new Draft(this);
    draft.offsets = value;
    return draft.build();
  }

  public LawOptions withSurface(SurfaceObjective value) {
    Draft draft = new Draft(this);
    draft.surface = value;
    return draft.build();
  }

  public LawOptions withReferenceDataset(String dataset) {
    Draft draft = new Draft(this);
    draft.referenceDataset = Optional.of(dataset);
    return draft.build();
  }

  public LawOptions withHoldOutLargest(int budgets) {
    Draft draft = new Draft(this);
    draft.holdOutLargest = budgets;
    return draft.build();
  }

  public LawOptions withConvention(String value) {
    Draft draft = new Draft(this);
    draft.convention = value;
    return draft.build();
  }

  public LawOptions withSoftware(String value) {
    Draft draft = new Draft(this);
    draft.software = value;
    return draft.build();
  }

  /** Options while one of them changes; holds the defaults. */
  private static final class Draft {
    private double confidence = 0.95;
    private int bootstrap = 1000;
    private BootstrapScheme scheme = BootstrapScheme.DEVIATIONS;
    private long seed;
    private CurveOptions curves = CurveOptions.defaults();
    private LawWeighting weighting = LawWeighting.EQUAL;
    private OffsetChoice offsets = OffsetChoice.BY_AICC;
    private SurfaceObjective surface = SurfaceObjective.CHINCHILLA;
    private Optional<String> referenceDataset = Optional.empty();
    private int holdOutLargest;
    private String convention = "Analytic";
    private String software = "isoflop";

    private Draft() {}

    private Draft(LawOptions options) {
      confidence = options.confidence;
      bootstrap = options.bootstrap;
      scheme = options.scheme;
      seed = options.seed;
      curves = options.curves;
      weighting = options.weighting;
      offsets = options.offsets;
      surface = options.surface;
      referenceDataset = options.referenceDataset;
      holdOutLargest = options.holdOutLargest;
      convention = options.convention;
      software = options.software;
    }

    private LawOptions build() {
      return new LawOptions(
          confidence,
          bootstrap,
          scheme,
          seed,
          curves,
          weighting,
          offsets,
          surface,
          referenceDataset,
          holdOutLargest,
          convention,
          software);
    }
  }
}
