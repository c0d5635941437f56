package dev.isoflop.laws.fit;

import dev.isoflop.laws.powerlaw.LawEstimate;
import dev.isoflop.laws.powerlaw.PowerLawFitter;
import dev.isoflop.laws.stats.Interval;
import dev.isoflop.laws.stats.Percentiles;
import dev.isoflop.laws.stats.StudentT;
import java.util.List;
import org.hipparchus.distribution.continuous.FDistribution;

/**
 * The scatter of one quantity's optima about its law, beyond what their trials' noise explains.
 *
 * <p>Resampling trials within budgets knows nothing of errors that all trials of a budget share:
 * another learning rate, a grid that misses the optimum, a law that is bent. Where the optima
 * scatter about the law by significantly more than the resamples do (an F test), the resamples are
 * scattered further until they have the spread that Student's interval has. Without this a
 * bootstrap's 95 % interval held the truth in 10 % of sweeps whose budgets had errors of their own
 * (docs/coverage.md).
 */
final class BudgetScatter {

  /** An error of the first kind only makes the interval as wide as Student's. */
  private static final double CHANCE = 0.1;

  /** Probability of so much scatter by chance, below which it is reported. */
  private static final double SURPRISE = 0.01;

  /**
   * A share of the quantity below which nobody needs to know: noise-free points have rounding, and
   * the parabolas' misfit differs a little from grid to grid.
   */
  private static final double NEGLIGIBLE = 5e-4;

  /** Distance of a normal distribution's quartiles, in standard deviations. */
  private static final double QUARTILES = 1.3489795003921634;

  private static final BudgetScatter NONE = new BudgetScatter(0, 0, 0, 1);

  private final double added;
  private final double seen;
  private final double explained;
  private final double probability;

  private BudgetScatter(double added, double seen, double explained, double probability) {
    this.added = added;
    this.seen = seen;
    this.explained = explained;
    this.probability = probability;
  }

  /**
   * The scatter beyond the resamples'.
   *
   * @param law fitted to the optima
   * @param resamples of the optima
   * @param degreesOfFreedom that the trials' noise was estimated with
   */
  static BudgetScatter of(
      LawEstimate law,
      List<PowerLawFitter.Resample> resamples,
      int degreesOfFreedom,
      double confidence) {
    double widened = logVariance(resamples);
    if (degreesOfFreedom < 1 || !(widened > 0)) {
      return NONE;
    }
    double widening = StudentT.overNormal(confidence, degreesOfFreedom);
    double explained = widened / (widening * widening);
    double seen = law.residualVariance();
    double probability =
        1
            - new FDistribution(law.degreesOfFreedom(), degreesOfFreedom)
                .cumulativeProbability(seen / explained);
    double student = StudentT.overNormal(confidence, law.degreesOfFreedom());
    double missing = seen * student * student - widened;
    double added = probability < CHANCE && missing > 0 ? StrictMath.sqrt(missing) : 0;
    return new BudgetScatter(added, StrictMath.sqrt(seen), StrictMath.sqrt(explained), probability);
  }

  /** Standard deviation that each resampled log value lacks. */
  double added() {
    return added;
  }

  boolean surprising() {
    return probability < SURPRISE && seen > NEGLIGIBLE;
  }

  /** Standard deviation of the log optima about their law. */
  double seen() {
    return seen;
  }

  /** Standard deviation that the trials' noise explains. */
  double explained() {
    return explained;
  }

  /** Variance of the logarithms of the resampled values, averaged over the budgets. */
  private static double logVariance(List<PowerLawFitter.Resample> resamples) {
    if (resamples.size() < 2) {
      return 0;
    }
    int budgets = resamples.get(0).values().length;
    double sum = 0;
    for (int i = 0; i < budgets; i++) {
      int budget = i;
      double[] logs =
          resamples.stream()
              .mapToDouble(resample -> resample.values()[budget])
              .filter(value -> value > 0 && Double.isFinite(value))
              .map(StrictMath::log)
              .toArray();
      // by quartiles: a resample that is nearly flat has its vertex anywhere
      Interval middle = logs.length == 0 ? new Interval(0, 0) : Percentiles.central(logs, .5);
      double deviation = middle.width() / QUARTILES;
      sum += deviation * deviation;
    }
    return sum / budgets;
  }
}
