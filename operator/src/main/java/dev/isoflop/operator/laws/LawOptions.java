package dev.isoflop.operator.laws;

/**
 * What a user may choose about the fits. All of it enters the provenance digest.
 *
 * @param confidence of every interval, inside (0, 1)
 * @param bootstrap resamples per law; 0 leaves the bootstrap out
 * @param seed of the resampling
 * @param budgetTolerance points whose FLOPs differ from a common budget by at most this share form
 *     one curve
 * @param lossScale what the parabolas describe
 * @param convention how FLOPs were counted, {@code Analytic} or {@code SixND}; recorded, not used
 * @param software name and version recorded in the provenance
 */
public record LawOptions(
    double confidence,
    int bootstrap,
    long seed,
    double budgetTolerance,
    LossScale lossScale,
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
    if (!(budgetTolerance >= 0 && budgetTolerance < 0.5)) {
      throw new IllegalArgumentException(
          "budgetTolerance: " + budgetTolerance + " must lie in [0, 0.5), such as 0.1");
    }
  }

  public static LawOptions defaults() {
    return new LawOptions(0.95, 1000, 0, 0.1, LossScale.LINEAR, "Analytic", "isoflop");
  }

  public LawOptions withConfidence(double value) {
    return new LawOptions(value, bootstrap, seed, budgetTolerance, lossScale, convention, software);
  }

  public LawOptions withBootstrap(int resamples) {
    return new LawOptions(
        confidence, resamples, seed, budgetTolerance, lossScale, convention, software);
  }

  public LawOptions withSeed(long value) {
    return new LawOptions(
        confidence, bootstrap, value, budgetTolerance, lossScale, convention, software);
  }

  public LawOptions withBudgetTolerance(double value) {
    return new LawOptions(confidence, bootstrap, seed, value, lossScale, convention, software);
  }

  public LawOptions withLossScale(LossScale value) {
    return new LawOptions(
        confidence, bootstrap, seed, budgetTolerance, value, convention, software);
  }

  public LawOptions withConvention(String value) {
    return new LawOptions(confidence, bootstrap, seed, budgetTolerance, lossScale, value, software);
  }

  public LawOptions withSoftware(String value) {
    return new LawOptions(
        confidence, bootstrap, seed, budgetTolerance, lossScale, convention, value);
  }
}
