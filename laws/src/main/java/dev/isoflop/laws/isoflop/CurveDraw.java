package dev.isoflop.laws.isoflop;

/** The optimum of one resampled curve. */
final class CurveDraw {
  /** Log N*. */
  private final double vertex;

  /** The parabola's value there. */
  private final double scaledLoss;

  /** Log D* as N* leaves it. */
  private final double logTokens;

  /** Log D* by a parabola of its own, or NaN. */
  private final double logTokensAlone;

  /** Metrics at N*, NaN where the curve does not have them. */
  private final double[] metrics;

  CurveDraw(
      double vertex, double scaledLoss, double logTokens, double logTokensAlone, double[] metrics) {
    this.vertex = vertex;
    this.scaledLoss = scaledLoss;
    this.logTokens = logTokens;
    this.logTokensAlone = logTokensAlone;
    this.metrics = metrics;
  }

  double vertex() {
    return vertex;
  }

  double scaledLoss() {
    return scaledLoss;
  }

  double logTokens() {
    return logTokens;
  }

  double logTokensAlone() {
    return logTokensAlone;
  }

  double[] metrics() {
    return metrics;
  }
}
