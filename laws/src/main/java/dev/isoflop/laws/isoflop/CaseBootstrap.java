package dev.isoflop.laws.isoflop;

import dev.isoflop.laws.stats.CounterRandom;
import dev.isoflop.laws.stats.Parabola;
import java.util.Arrays;
import java.util.Optional;

/** Resamples a curve's trials with replacement. */
final class CaseBootstrap {

  private CaseBootstrap() {}

  /** One resample's optimum; empty when it holds fewer than three sizes or has no minimum. */
  static Optional<CurveDraw> draw(CurveSample sample, CounterRandom random) {
    double[] counts = new double[sample.size()];
    for (int i = 0; i < counts.length; i++) {
      counts[random.nextInt(counts.length)]++;
    }
    CurveSample resampled = sample.reweighted(counts);
    return resampled
        .parabola()
        .filter(Parabola::convex)
        .map(parabola -> read(resampled, parabola, counts));
  }

  private static CurveDraw read(CurveSample sample, Parabola parabola, double[] counts) {
    double vertex = parabola.vertex();
    double[] metrics = new double[sample.metrics().size()];
    for (int j = 0; j < metrics.length; j++) {
      MetricColumn column = sample.metrics().get(j);
      double[] weights = Arrays.stream(column.rows()).mapToDouble(row -> counts[row]).toArray();
      metrics[j] =
          column
              .smooth(sample.logParameters(), column.values(), weights)
              .map(smooth -> column.read(smooth, vertex))
              .orElse(Double.NaN);
    }
    return new CurveDraw(
        vertex,
        parabola.at(vertex),
        sample.tokens().orElseThrow().at(vertex),
        sample.samples().map(smooth -> smooth.at(vertex)).orElse(Double.NaN),
        CurveSample.logTokensAlone(sample.logTokens(), sample.scaledLoss(), sample.weights()),
        metrics);
  }
}
