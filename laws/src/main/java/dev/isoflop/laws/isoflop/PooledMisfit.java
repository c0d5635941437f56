package dev.isoflop.laws.isoflop;

import dev.isoflop.laws.stats.Parabola;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The misfit that all curves share beyond their parabolas.
 *
 * <p>A wide isoFLOP curve is no parabola, and with little noise the misfit is most of what deviates
 * from one. It is not noise, though: it is the same shape on every curve. So one cubic and one
 * quartic coefficient, shared by all curves in units of their curvature, are taken out of the
 * deviations before these are dealt out as noise. Without that, the bootstrap's intervals were half
 * as wide again as they had to be on noise that is small against the misfit (docs/coverage.md).
 */
final class PooledMisfit {

  /** Shared coefficients, so degrees of freedom that the shape takes up. */
  static final int TERMS = 2;

  /** With fewer left the shape would be fitted to the noise. */
  private static final int LEAST_DEGREES = 8;

  private final List<double[]> residuals = new ArrayList<>();
  private final int degreesOfFreedom;

  private PooledMisfit(int degreesOfFreedom) {
    this.degreesOfFreedom = degreesOfFreedom;
  }

  /**
   * Residuals of every curve, in the order of its rows, that neither its parabola nor the shared
   * misfit explains.
   */
  List<double[]> residuals() {
    return residuals;
  }

  /** Points beyond the coefficients of all parabolas and of the shape. */
  int degreesOfFreedom() {
    return degreesOfFreedom;
  }

  static PooledMisfit of(List<FittedCurve.Usable> curves) {
    int degrees =
        curves.stream().mapToInt(curve -> Math.max(0, curve.parabola().degreesOfFreedom())).sum();
    boolean enough = degrees - TERMS >= LEAST_DEGREES;
    PooledMisfit shape = new PooledMisfit(enough ? degrees - TERMS : degrees);
    List<double[]> cubics = new ArrayList<>();
    List<double[]> quartics = new ArrayList<>();
    double cc = 0;
    double cq = 0;
    double qq = 0;
    double cy = 0;
    double qy = 0;
    for (FittedCurve.Usable curve : curves) {
      CurveSample sample = curve.sample();
      double[] y = residuals(curve, sample.scaledLoss(), curve.parabola());
      shape.residuals.add(y);
      double[] cubic = beyondParabola(curve, 3);
      double[] quartic = beyondParabola(curve, 4);
      cubics.add(cubic);
      quartics.add(quartic);
      for (int i = 0; i < y.length; i++) {
        double weight = sample.weights()[i];
        cc += weight * cubic[i] * cubic[i];
        cq += weight * cubic[i] * quartic[i];
        qq += weight * quartic[i] * quartic[i];
        cy += weight * cubic[i] * y[i];
        qy += weight * quartic[i] * y[i];
      }
    }
    double determinant = cc * qq - cq * cq;
    if (!enough || !(determinant > 1e-10 * cc * qq)) {
      return shape;
    }
    double third = (cy * qq - qy * cq) / determinant;
    double fourth = (qy * cc - cy * cq) / determinant;
    for (int j = 0; j < curves.size(); j++) {
      double[] y = shape.residuals.get(j);
      for (int i = 0; i < y.length; i++) {
        y[i] -= third * cubics.get(j)[i] + fourth * quartics.get(j)[i];
      }
    }
    return shape;
  }

  /** A power of the distance from the vertex, in units of the curvature, less its own parabola. */
  private static double[] beyondParabola(FittedCurve.Usable curve, int power) {
    double[] x = curve.sample().logParameters();
    double vertex = curve.parabola().vertex();
    double[] values =
        Arrays.stream(x)
            .map(each -> curve.parabola().curvature() * StrictMath.pow(each - vertex, power))
            .toArray();
    return residuals(
        curve, values, Parabola.fit(x, values, curve.sample().weights()).orElseThrow());
  }

  private static double[] residuals(FittedCurve.Usable curve, double[] y, Parabola parabola) {
    double[] x = curve.sample().logParameters();
    double[] residuals = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      residuals[i] = y[i] - parabola.at(x[i]);
    }
    return residuals;
  }
}
