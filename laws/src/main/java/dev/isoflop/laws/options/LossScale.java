package dev.isoflop.laws.options;

/** Scale of the loss that the parabola of a curve describes as a function of log N. */
public enum LossScale {
  /** The loss itself (Chinchilla's approach 2, and the diffusion paper's). */
  LINEAR,
  /** The logarithm of the loss, for sweeps whose loss varies by a large factor. */
  LOGARITHMIC;

  public double forward(double loss) {
    return this == LINEAR ? loss : StrictMath.log(loss);
  }

  public double inverse(double ordinate) {
    return this == LINEAR ? ordinate : StrictMath.exp(ordinate);
  }
}
