package dev.isoflop.laws.fit;

import dev.isoflop.laws.powerlaw.LawPrediction;

/** A prediction beside what was measured afterwards. */
public record Check(LawPrediction prediction, double measured) {

  /** {@code predicted / measured - 1}. */
  public double relativeError() {
    return prediction.value() / measured - 1;
  }

  /** Whether the measurement lies where the law expected a further optimum. */
  public boolean within() {
    return prediction.predictionInterval().contains(measured);
  }
}
