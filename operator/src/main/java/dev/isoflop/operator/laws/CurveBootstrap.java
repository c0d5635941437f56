package dev.isoflop.operator.laws;

import java.util.List;
import java.util.Optional;

/**
 * The bootstrap, stratified by budget: trials are resampled with replacement within each curve, its
 * parabola is fitted again, and the optima of one resample of every curve make one sample of every
 * law.
 */
final class CurveBootstrap {

  /** A resample that has no minimum is drawn again at most this often, then left out. */
  private static final int ATTEMPTS = 20;

  private final List<CurveSample> curves;
  private final LossScale scale;
  private final int metrics;
  private final long seed;
  private final int resamples;

  private final double[][][] columns; // [quantity][resample][curve], NaN where left out
  private final int[][] rejected; // [resample][curve]

  CurveBootstrap(List<CurveSample> curves, int metrics, LawOptions options) {
    this.curves = curves;
    this.scale = options.lossScale();
    this.metrics = metrics;
    this.seed = options.seed();
    this.resamples = options.bootstrap();
    columns = new double[Quantity.FIRST_METRIC + metrics][resamples][curves.size()];
    rejected = new int[resamples][curves.size()];
  }

  /** Where a quantity's values stand among the columns. */
  static final class Quantity {
    static final int PARAMETERS = 0;
    static final int TOKENS = 1;
    static final int LOSS = 2;
    static final int FIRST_METRIC = 3;

    private Quantity() {}
  }

  void run(Parallel parallel) {
    parallel.forEach(resamples, this::resample);
  }

  /** The quantity's values in one resample, by curve. */
  double[] values(int quantity, int resample) {
    return columns[quantity][resample];
  }

  int rejected(int curve) {
    int sum = 0;
    for (int[] counts : rejected) {
      sum += counts[curve];
    }
    return sum;
  }

  private void resample(int resample) {
    for (int curve = 0; curve < curves.size(); curve++) {
      CurveSample sample = curves.get(curve);
      CounterRandom random = new CounterRandom(seed, (long) resample * curves.size() + curve);
      Optional<Parabola> found = Optional.empty();
      int[] rows = new int[sample.size()];
      for (int attempt = 0; attempt < ATTEMPTS && found.isEmpty(); attempt++) {
        for (int i = 0; i < rows.length; i++) {
          rows[i] = random.nextInt(rows.length);
        }
        found = sample.parabola(rows).filter(Parabola::convex);
        if (found.isEmpty()) {
          rejected[resample][curve]++;
        }
      }
      record(resample, curve, sample, rows, found);
    }
  }

  private void record(
      int resample, int curve, CurveSample sample, int[] rows, Optional<Parabola> found) {
    if (found.isEmpty()) {
      for (double[][] column : columns) {
        column[resample][curve] = Double.NaN;
      }
      return;
    }
    Parabola parabola = found.get();
    double vertex = parabola.vertex();
    columns[Quantity.PARAMETERS][resample][curve] = StrictMath.exp(vertex);
    columns[Quantity.TOKENS][resample][curve] = StrictMath.exp(sample.logTokensAt(vertex, rows));
    columns[Quantity.LOSS][resample][curve] = scale.inverse(parabola.at(vertex));
    for (int metric = 0; metric < metrics; metric++) {
      columns[Quantity.FIRST_METRIC + metric][resample][curve] =
          sample.metricAt(metric, vertex, rows);
    }
  }
}
