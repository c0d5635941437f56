package dev.isoflop.laws.isoflop;

import dev.isoflop.laws.data.LawQuantity;
import dev.isoflop.laws.finding.FitError;
import dev.isoflop.laws.options.BootstrapScheme;
import dev.isoflop.laws.options.LawOptions;
import dev.isoflop.laws.options.LossScale;
import dev.isoflop.laws.stats.CounterRandom;
import dev.isoflop.laws.stats.Parallel;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The bootstrap of the curves, stratified by budget: every resample perturbs each curve within
 * itself and reads its optimum again, and the optima of one resample make one sample of every law.
 */
public final class CurveBootstrap {

  /** A resample that has no minimum is drawn again at most this often, then left out. */
  private static final int ATTEMPTS = 20;

  private final List<FittedCurve.Usable> curves;
  private final List<ResidualBootstrap> deviations;
  private final LawOptions options;

  // [resample][curve], NaN where left out
  private final Map<LawQuantity, double[][]> quantities = new EnumMap<>(LawQuantity.class);
  private final double[][] tokensAlone;
  private final double[][][] metrics; // [metric] of these

  private final double[][] multiplicities; // [resample][curve]
  private final int[][] rejected; // [resample][curve]

  public CurveBootstrap(List<FittedCurve.Usable> curves, int metrics, LawOptions options) {
    this.curves = curves;
    this.options = options;
    int resamples = options.bootstrap();
    for (LawQuantity quantity : LawQuantity.values()) {
      quantities.put(quantity, new double[resamples][curves.size()]);
    }
    tokensAlone = new double[resamples][curves.size()];
    this.metrics = new double[metrics][resamples][curves.size()];
    multiplicities = new double[resamples][curves.size()];
    rejected = new int[resamples][curves.size()];
    deviations = ResidualBootstrap.of(curves, options.confidence());
  }

  public void run(Parallel parallel) {
    parallel.forEach(options.bootstrap(), this::resample);
  }

  /** Degrees of freedom of the estimate of the trials' noise. */
  public int degreesOfFreedom() {
    return PooledMisfit.of(curves).degreesOfFreedom();
  }

  /** A quantity's values in one resample, by curve. */
  public double[] values(LawQuantity quantity, int resample) {
    return Objects.requireNonNull(quantities.get(quantity))[resample];
  }

  /** The values of D* found on its own in one resample, by curve. */
  public double[] tokensAlone(int resample) {
    return tokensAlone[resample];
  }

  /** The values of a metric, by its place among those of the sweep, in one resample, by curve. */
  public double[] metric(int index, int resample) {
    return metrics[index][resample];
  }

  /** Multiplicity of each curve in one resample. */
  public double[] multiplicities(int resample) {
    return multiplicities[resample];
  }

  /** Resamples of a curve that had no minimum. */
  public int rejected(int curve) {
    return Arrays.stream(rejected).mapToInt(counts -> counts[curve]).sum();
  }

  private void resample(int resample) {
    long streams = curves.size() + 1L;
    for (int curve = 0; curve < curves.size(); curve++) {
      CounterRandom random = new CounterRandom(options.seed(), resample * streams + curve);
      Optional<CurveDraw> draw = Optional.empty();
      for (int attempt = 0; attempt < ATTEMPTS && draw.isEmpty(); attempt++) {
        draw =
            options.scheme() == BootstrapScheme.DEVIATIONS
                ? deviations.get(curve).draw(random)
                : CaseBootstrap.draw(curves.get(curve).sample(), random);
        if (draw.isEmpty()) {
          rejected[resample][curve]++;
        }
      }
      store(resample, curve, draw);
    }
    CounterRandom random = new CounterRandom(options.seed(), resample * streams + curves.size());
    multiplicities[resample] = budgets(random);
  }

  private void store(int resample, int curve, Optional<CurveDraw> draw) {
    LossScale scale = options.curves().lossScale();
    quantities.forEach(
        (quantity, column) ->
            column[resample][curve] =
                draw.map(found -> found.value(quantity, scale)).orElse(Double.NaN));
    tokensAlone[resample][curve] = draw.map(CurveDraw::tokensAlone).orElse(Double.NaN);
    for (int i = 0; i < metrics.length; i++) {
      int metric = i;
      metrics[i][resample][curve] = draw.map(found -> found.metrics()[metric]).orElse(Double.NaN);
    }
  }

  private double[] budgets(CounterRandom random) {
    double[] counts = new double[curves.size()];
    if (options.scheme() != BootstrapScheme.TRIALS_AND_BUDGETS) {
      Arrays.fill(counts, 1);
      return counts;
    }
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Arrays.fill(counts, 0);
      for (int i = 0; i < counts.length; i++) {
        counts[random.nextInt(counts.length)]++;
      }
      long distinct = Arrays.stream(counts).filter(count -> count > 0).count();
      if (distinct >= FitError.TooFewBudgets.NEEDED) {
        return counts;
      }
    }
    Arrays.fill(counts, 1);
    return counts;
  }
}
