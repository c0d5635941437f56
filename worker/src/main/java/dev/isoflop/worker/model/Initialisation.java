package dev.isoflop.worker.model;

/** Initialisation of a parameter. */
public sealed interface Initialisation {
  /** All elements equal. */
  record Constant(double value) implements Initialisation {}

  /** Uniform in -bound ... bound. */
  record Uniform(double bound) implements Initialisation {}

  /** Normal around zero. */
  record Normal(double standardDeviation) implements Initialisation {}

  /** Keeps the variance of activations and gradients (Glorot and Bengio 2010, eq. 16). */
  static Initialisation xavier(long fanIn, long fanOut) {
    return new Uniform(Math.sqrt(6.0 / (fanIn + fanOut)));
  }
}
