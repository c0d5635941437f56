package dev.isoflop.laws.isoflop;

import dev.isoflop.laws.data.LawQuantity;
import dev.isoflop.laws.options.LossScale;

/** The optimum of one resampled curve. */
final class CurveDraw {
  /** Log N*. */
  private final double vertex;

  /** The parabola's value there. */
  private final double scaledLoss;

  /** Log D* as N* leaves it. */
  private final double logTokens;

  /** Log S* as N* leaves it, or NaN. */
  private final double logSamples;

  /** Log D* by a parabola of its own, or NaN. */
  private final double logTokensAlone;

  /** Metrics at N*, NaN where the curve does not have them. */
  private final double[] metrics;

  CurveDraw(
      double vertex,
      double scaledLoss,
      double logTokens,
      double logSamples,
      double logTokensAlone,
      double[] metrics) {
    this.vertex = vertex;
    this.scaledLoss = scaledLoss;
    this.logTokens = logTokens;
    this.logSamples = logSamples;
    this.logTokensAlone = logTokensAlone;
    this.metrics = metrics;
  }

  /** A quantity of the optimum, NaN where the curve does not tell. */
  double value(LawQuantity quantity, LossScale scale) {
    return switch (quantity) {
      case PARAMETERS -> StrictMath.exp(vertex);
      case TOKENS -> StrictMath.exp(logTokens);
      case SAMPLES -> StrictMath.exp(logSamples);
      case LOSS -> scale.inverse(scaledLoss);
    };
  }

  /** D* by a parabola of its own, or NaN. */
  double tokensAlone() {
    return StrictMath.exp(logTokensAlone);
  }

  double[] metrics() {
    return metrics;
  }
}
