package dev.isoflop.laws.surface;

import dev.isoflop.laws.options.SurfaceObjective;
import dev.isoflop.laws.stats.LogRatio;

/**
 * The contribution of one point to an objective, as a function of the model's loss m there, with
 * derivatives in m. A mutable cell, so that the inner loop allocates nothing.
 */
final class ResidualLoss {

  private final boolean logarithmic;
  private final double delta;

  double value;
  double first;
  double second;

  /** Curvature of the parabola that touches the contribution at m and lies above it. */
  double majorizer;

  ResidualLoss(SurfaceObjective objective) {
    if (objective instanceof SurfaceObjective.HuberOnLog huber) {
      logarithmic = true;
      delta = huber.delta();
    } else {
      logarithmic = false;
      delta = Double.POSITIVE_INFINITY;
    }
  }

  boolean logarithmic() {
    return logarithmic;
  }

  /** The contribution alone, without derivatives. */
  double at(double model, double loss) {
    double residual = logarithmic ? LogRatio.of(model, loss) : model - loss;
    double size = Math.abs(residual);
    return size <= delta ? 0.5 * residual * residual : delta * (size - 0.5 * delta);
  }

  /** The value and its derivatives, left in the fields. */
  void derive(double model, double loss) {
    double residual = logarithmic ? LogRatio.of(model, loss) : model - loss;
    double size = Math.abs(residual);
    boolean inner = size <= delta;
    value = inner ? 0.5 * residual * residual : delta * (size - 0.5 * delta);
    double slope = inner ? residual : Math.copySign(delta, residual);
    double curvature = inner ? 1 : 0;
    double weight = inner ? 1 : delta / size;
    if (logarithmic) {
      double inverse = 1 / model;
      first = slope * inverse;
      second = (curvature - slope) * inverse * inverse;
      majorizer = weight * inverse * inverse;
    } else {
      first = slope;
      second = curvature;
      majorizer = weight;
    }
  }
}
