package dev.isoflop.laws.isoflop;

import dev.isoflop.laws.stats.CounterRandom;
import dev.isoflop.laws.stats.Parabola;
import dev.isoflop.laws.stats.StudentT;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * One curve's deviations from its parabola, less what all curves have in common ({@link
 * CommonShape}), to be dealt out anew among its trials.
 *
 * <p>Each is divided by the square root of its share of free variance, {@code 1 - leverage}, since
 * a fit draws the curve towards its own points; without that, resamples would be too narrow
 * (Davison and Hinkley, "Bootstrap Methods and their Application", 1997, section 6.3).
 */
final class ResidualBootstrap {

  /** With fewer degrees of freedom a curve borrows the deviations of the whole sweep. */
  private static final int OWN = 2;

  private static final double FIXED = 1e-6;

  private final CurveSample sample;
  private final Parabola parabola;
  private final Optional<Parabola> tokens;
  private final Optional<Parabola> samples;
  private final double[] pool; // of the scaled loss, for unit weight
  private final double widening;
  private final List<Optional<Parabola>> smooths = new ArrayList<>();
  private final List<double[]> metricPools = new ArrayList<>();

  private ResidualBootstrap(CurveSample sample, Parabola parabola, double[] pool, double widening) {
    this.sample = sample;
    this.parabola = parabola;
    this.pool = pool;
    this.widening = widening;
    tokens = sample.tokens();
    samples = sample.samples();
    for (MetricColumn column : sample.metrics()) {
      Optional<Parabola> smooth = column.smooth(sample.logParameters());
      smooths.add(smooth);
      double[] x =
          Arrays.stream(column.rows()).mapToDouble(row -> sample.logParameters()[row]).toArray();
      double[] unit = new double[x.length];
      Arrays.fill(unit, 1);
      metricPools.add(
          smooth
              .map(fit -> standardized(fit, x, residuals(fit, x, column.values()), unit))
              .orElse(new double[0]));
    }
  }

  /** The deviations of every curve. */
  static List<ResidualBootstrap> of(List<FittedCurve.Usable> curves, double confidence) {
    PooledMisfit shape = PooledMisfit.of(curves);
    List<double[]> pools = new ArrayList<>();
    for (int i = 0; i < curves.size(); i++) {
      pools.add(standardized(curves.get(i), shape.residuals().get(i)));
    }
    double[] common =
        IntStream.range(0, curves.size())
            .filter(i -> curves.get(i).parabola().degreesOfFreedom() > 0)
            .boxed()
            .flatMapToDouble(i -> DoubleStream.of(pools.get(i)))
            .toArray();
    int all =
        curves.stream().mapToInt(curve -> Math.max(0, curve.parabola().degreesOfFreedom())).sum();
    int degrees = shape.degreesOfFreedom();
    // the shape's own coefficients took up variance, and the noise's size is an estimate
    double widening =
        degrees > 0
            ? StrictMath.sqrt(all / (double) degrees) * StudentT.overNormal(confidence, degrees)
            : 1;
    List<ResidualBootstrap> deviations = new ArrayList<>();
    for (int i = 0; i < curves.size(); i++) {
      FittedCurve.Usable curve = curves.get(i);
      boolean own = curve.parabola().degreesOfFreedom() >= OWN;
      deviations.add(
          new ResidualBootstrap(
              curve.sample(), curve.parabola(), own ? pools.get(i) : common, widening));
    }
    return deviations;
  }

  /** One resample's optimum; empty when it has no minimum, or there is nothing to deal out. */
  Optional<CurveDraw> draw(CounterRandom random) {
    if (pool.length == 0) {
      return Optional.empty();
    }
    double[] losses = new double[sample.size()];
    int[] dealt = new int[sample.size()];
    for (int i = 0; i < losses.length; i++) {
      dealt[i] = random.nextInt(pool.length);
      double weight = sample.weights()[i];
      double deviation = weight > 0 ? widening * pool[dealt[i]] / StrictMath.sqrt(weight) : 0;
      losses[i] = parabola.at(sample.logParameters()[i]) + deviation;
    }
    return Parabola.fit(sample.logParameters(), losses, sample.weights())
        .filter(Parabola::convex)
        .map(
            drawn ->
                new CurveDraw(
                    drawn.vertex(),
                    drawn.at(drawn.vertex()),
                    tokens.orElseThrow().at(drawn.vertex()),
                    samples.map(smooth -> smooth.at(drawn.vertex())).orElse(Double.NaN),
                    CurveSample.logTokensAlone(sample.logTokens(), losses, sample.weights()),
                    metrics(drawn.vertex(), dealt)));
  }

  /** The same trials' deviations in every metric, so that what they share stays shared. */
  private double[] metrics(double vertex, int[] dealt) {
    double[] metrics = new double[smooths.size()];
    for (int j = 0; j < metrics.length; j++) {
      MetricColumn column = sample.metrics().get(j);
      double[] own = metricPools.get(j);
      Optional<Parabola> smooth = smooths.get(j);
      if (smooth.isEmpty()) {
        metrics[j] = Double.NaN;
        continue;
      }
      double[] values = new double[column.rows().length];
      for (int i = 0; i < values.length; i++) {
        int row = column.rows()[i];
        double deviation = own.length == 0 ? 0 : widening * own[dealt[row] % own.length];
        values[i] = smooth.get().at(sample.logParameters()[row]) + deviation;
      }
      double[] unit = new double[values.length];
      Arrays.fill(unit, 1);
      metrics[j] =
          column
              .smooth(sample.logParameters(), values, unit)
              .map(drawn -> column.read(drawn, vertex))
              .orElse(Double.NaN);
    }
    return metrics;
  }

  private static double[] standardized(FittedCurve.Usable curve, double[] residuals) {
    CurveSample sample = curve.sample();
    return standardized(curve.parabola(), sample.logParameters(), residuals, sample.weights());
  }

  private static double[] residuals(Parabola parabola, double[] x, double[] y) {
    double[] residuals = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      residuals[i] = y[i] - parabola.at(x[i]);
    }
    return residuals;
  }

  private static double[] standardized(
      Parabola parabola, double[] x, double[] residuals, double[] weights) {
    double[] deviations = new double[x.length];
    int count = 0;
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      double free = 1 - weights[i] * parabola.ordinateVariance(x[i], 1);
      if (weights[i] > 0 && free > FIXED) {
        double raw = residuals[i] * StrictMath.sqrt(weights[i] / free);
        deviations[count++] = raw;
        sum += raw;
      }
    }
    double[] centred = new double[count];
    for (int i = 0; i < count; i++) {
      centred[i] = deviations[i] - sum / count;
    }
    return centred;
  }
}
