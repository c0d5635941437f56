package dev.isoflop.trial;

/** What a trained model is measured by. */
public enum Metric {
  /** Mean squared velocity error per element on held-out data, under common random numbers. */
  ValidationLoss,
  /** Variational bound on the negative log-likelihood, bits per dimension. */
  VLB,
  /** Exact negative log-likelihood by the probability-flow equation, bits per dimension. */
  Likelihood,
  /** Fréchet distance between features of samples and of held-out data. */
  FID
}
