package dev.isoflop.metric;

/** Metric of a trained model. */
public enum Metric {
  /** Mean squared velocity error per element on held-out data, under common random numbers. */
  ValidationLoss,
  /** Variational bound on the negative log-likelihood, bits per dimension. */
  VLB,
  /** Exact negative log-likelihood by the probability-flow equation, bits per dimension. */
  Likelihood,
  /** Fréchet distance between features of samples and of held-out data, of a published network. */
  FID,
  /** Unbiased squared discrepancy of those features under a cubic kernel. */
  KID,
  /** The distance of FID with any network. */
  FrechetDistance,
  /** The distance of KID with any network. */
  KernelDistance;

  /** Whether it takes an extractor of features, and samples drawn from the model. */
  public boolean comparesFeatures() {
    return switch (this) {
      case FID, KID, FrechetDistance, KernelDistance -> true;
      case ValidationLoss, VLB, Likelihood -> false;
    };
  }
}
