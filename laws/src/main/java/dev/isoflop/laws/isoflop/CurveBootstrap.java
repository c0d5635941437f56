package dev.isoflop.laws.isoflop;

import dev.isoflop.laws.finding.FitError;
import dev.isoflop.laws.options.BootstrapScheme;
import dev.isoflop.laws.options.LawOptions;
import dev.isoflop.laws.stats.CounterRandom;
import dev.isoflop.laws.stats.Parallel;
import java.util.Arrays;
import java.util.List;
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
  private final double[][][] columns; // [quantity][resample][curve], NaN where left out
  private final double[][] multiplicities; // [resample][curve]
  private final int[][] rejected; // [resample][curve]

  /** Indices of the quantities among the columns. */
  public static final class Quantity {
    public static final int PARAMETERS = 0;
    public static final int TOKENS = 1;
    public static final int LOSS = 2;
    public static final int TOKENS_ALONE = 3;
    public static final int FIRST_METRIC = 4;

    private Quantity() {}
  }

  public CurveBootstrap(List<FittedCurve.Usable> curves, int metrics, LawOptions options) {
    this.curves = curves;
    this.options = options;
    int resamples = options.bootstrap();
    columns = new double[Quantity.FIRST_METRIC + metrics][resamples][curves.size()];
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

  /** The quantity's values in one resample, by curve. */
  public double[] values(int quantity, int resample) {
    return columns[quantity][resample];
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

  private void store(int resample, int curve, Optional<CurveDraw> found) {
    if (found.isEmpty()) {
      for (double[][] column : columns) {
        column[resample][curve] = Double.NaN;
      }
      return;
    }
    CurveDraw draw = found.get();
    columns[Quantity.PARAMETERS][resample][curve] = StrictMath.exp(draw.vertex());
    columns[Quantity.TOKENS][resample][curve] = StrictMath.exp(draw.logTokens());
    columns[Quantity.LOSS][resample][curve] =
        options.curves().lossScale().inverse(draw.scaledLoss());
    columns[Quantity.TOKENS_ALONE][resample][curve] = StrictMath.exp(draw.logTokensAlone());
    for (int metric = 0; metric < draw.metrics().length; metric++) {
      columns[Quantity.FIRST_METRIC + metric][resample][curve] = draw.metrics()[metric];
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
