package dev.isoflop.laws.isoflop;

import dev.isoflop.laws.stats.Parabola;
import dev.isoflop.laws.stats.StudentT;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Finds trials that lie too far from their curve to be noise.
 *
 * <p>Externally studentized residuals, with a variance pooled over all curves because one curve
 * alone has too few points to estimate it, against Student's t with Bonferroni's correction for
 * looking at every point. The worst trial is set aside and the search repeated, since one outlier
 * hides another.
 */
public final class OutlierSearch {

  /** Chance that a sweep of Gaussian noise has any trial flagged. */
  private static final double FALSE_ALARM = 0.01;

  /** Below this share of the loss a residual is the arithmetic's. */
  private static final double ROUNDING = 1e-9;

  private static final int SMALLEST_CURVE = 5;
  private static final int LEAST_DEGREES = 4;

  private final List<CurveSample> curves;
  private final double[][] kept; // 1, or 0 for a trial set aside; [curve][row]
  private final List<Found> found = new ArrayList<>();

  public OutlierSearch(List<CurveSample> curves) {
    this.curves = curves;
    kept = new double[curves.size()][];
    for (int i = 0; i < kept.length; i++) {
      kept[i] = new double[curves.get(i).size()];
      Arrays.fill(kept[i], 1);
    }
    boolean more = true;
    while (more) {
      more = setAsideWorst();
    }
  }

  /**
   * A trial set aside.
   *
   * @param deviations its distance from the curve through the others, in standard deviations
   */
  public record Found(int curve, int row, double expected, double deviations) {}

  public List<Found> found() {
    return List.copyOf(found);
  }

  /** 1 for the trials that stayed, 0 for those set aside. */
  public double[] kept(int curve) {
    return kept[curve];
  }

  /** Variance of a trial of unit weight about its curve, from the trials that stayed. */
  public double pooledVariance() {
    Pool pool = pool();
    return pool.degrees() > 0 ? pool.squares() / pool.degrees() : Double.NaN;
  }

  private record Pool(double squares, int degrees) {}

  private Pool pool() {
    double squares = 0;
    int degrees = 0;
    for (int i = 0; i < curves.size(); i++) {
      Optional<Parabola> parabola = curve(i).parabola();
      if (parabola.isPresent() && parabola.get().degreesOfFreedom() > 0) {
        degrees += parabola.get().degreesOfFreedom();
        squares += parabola.get().residualVariance() * parabola.get().degreesOfFreedom();
      }
    }
    return new Pool(squares, degrees);
  }

  private CurveSample curve(int index) {
    return curves.get(index).reweighted(kept[index]);
  }

  private boolean setAsideWorst() {
    Pool pool = pool();
    if (pool.degrees() - 1 < LEAST_DEGREES) {
      return false;
    }
    int trials = curves.stream().mapToInt(CurveSample::size).sum();
    double limit = StudentT.twoSided(1 - FALSE_ALARM / trials, pool.degrees() - 1);
    Found worst = null;
    for (int i = 0; i < curves.size(); i++) {
      CurveSample sample = curve(i);
      long left = Arrays.stream(kept[i]).filter(weight -> weight > 0).count();
      Optional<Parabola> parabola = sample.parabola();
      if (left < SMALLEST_CURVE || parabola.isEmpty()) {
        continue;
      }
      for (int row = 0; row < sample.size(); row++) {
        Found candidate = candidate(i, row, sample, parabola.get(), pool);
        boolean worse = worst == null || candidate.deviations() > worst.deviations();
        if (sample.weights()[row] > 0 && worse && candidate.deviations() > limit) {
          worst = candidate;
        }
      }
    }
    if (worst == null) {
      return false;
    }
    kept[worst.curve()][worst.row()] = 0;
    found.add(worst);
    return true;
  }

  private static Found candidate(
      int curve, int row, CurveSample sample, Parabola parabola, Pool pool) {
    double x = sample.logParameters()[row];
    double weight = sample.weights()[row];
    double residual = sample.scaledLoss()[row] - parabola.at(x);
    double leverage = weight * parabola.ordinateVariance(x, 1);
    double free = 1 - leverage;
    boolean measurable =
        free > 1e-6 && Math.abs(residual) > ROUNDING * Math.abs(sample.scaledLoss()[row]);
    if (!measurable) {
      return new Found(curve, row, parabola.at(x), 0);
    }
    double own = weight * residual * residual / free;
    double variance = Math.max(0, pool.squares() - own) / (pool.degrees() - 1);
    double expected = sample.scaledLoss()[row] - residual / free;
    return new Found(curve, row, expected, StrictMath.sqrt(own / variance));
  }
}
