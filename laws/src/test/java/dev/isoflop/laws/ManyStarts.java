package dev.isoflop.laws;

import dev.isoflop.laws.data.TrainedPoint;
import java.util.Arrays;
import java.util.List;

/**
 * The surface fit as it is usually done, to be compared with: L-BFGS with analytic gradients over
 * (ln E, ln A, ln B, alpha, beta) from the 4,500 starts of Hoffmann et al. 2022 (appendix D.3),
 * under the sum of Huber losses of the log-sum-exp (their equation 3).
 */
public final class ManyStarts {

  private static final int SIZE = 5;
  private static final int MEMORY = 10;
  private static final int ITERATIONS = 1000;

  private final double[] logN;
  private final double[] logD;
  private final double[] logLoss;
  private final double delta;

  public ManyStarts(List<TrainedPoint> points, double delta) {
    logN = points.stream().mapToDouble(point -> Math.log(point.parameters())).toArray();
    logD = points.stream().mapToDouble(point -> Math.log(point.tokens())).toArray();
    logLoss = points.stream().mapToDouble(point -> Math.log(point.loss().value())).toArray();
    this.delta = delta;
  }

  /** The least objective over all starts. */
  public double best(double tolerance) {
    double best = Double.POSITIVE_INFINITY;
    for (double alpha = 0; alpha <= 2; alpha += .5) {
      for (double beta = 0; beta <= 2; beta += .5) {
        for (double e = -1; e <= 1; e += .5) {
          for (double a = 0; a <= 25; a += 5) {
            for (double b = 0; b <= 25; b += 5) {
              best = Math.min(best, from(new double[] {e, a, b, alpha, beta}, tolerance));
            }
          }
        }
      }
    }
    return best;
  }

  private double derive(double[] theta, double[] gradient) {
    Arrays.fill(gradient, 0);
    double sum = 0;
    for (int i = 0; i < logLoss.length; i++) {
      double first = theta[1] - theta[3] * logN[i];
      double second = theta[2] - theta[4] * logD[i];
      double largest = Math.max(theta[0], Math.max(first, second));
      double e = Math.exp(theta[0] - largest);
      double a = Math.exp(first - largest);
      double b = Math.exp(second - largest);
      double residual = largest + Math.log(e + a + b) - logLoss[i];
      double size = Math.abs(residual);
      sum += size <= delta ? .5 * residual * residual : delta * (size - .5 * delta);
      double slope = size <= delta ? residual : Math.copySign(delta, residual);
      double share = slope / (e + a + b);
      gradient[0] += share * e;
      gradient[1] += share * a;
      gradient[2] += share * b;
      gradient[3] -= share * a * logN[i];
      gradient[4] -= share * b * logD[i];
    }
    return sum;
  }

  private double from(double[] start, double tolerance) {
    double[] theta = start;
    double[] gradient = new double[SIZE];
    double value = derive(theta, gradient);
    double[][] steps = new double[MEMORY][];
    double[][] changes = new double[MEMORY][];
    int kept = 0;
    for (int iteration = 0; iteration < ITERATIONS; iteration++) {
      double[] direction = direction(gradient, steps, changes, kept);
      double slope = dot(direction, gradient);
      if (!(slope < 0)) {
        return value;
      }
      double length = kept == 0 ? Math.min(1, 1 / Math.sqrt(dot(gradient, gradient))) : 1;
      double[] next = new double[SIZE];
      double[] nextGradient = new double[SIZE];
      double reached = Double.POSITIVE_INFINITY;
      for (int halving = 0; halving < 30; halving++) {
        for (int j = 0; j < SIZE; j++) {
          next[j] = theta[j] + length * direction[j];
        }
        reached = derive(next, nextGradient);
        if (reached <= value + 1e-4 * length * slope) {
          break;
        }
        length /= 2;
      }
      if (!(reached < value)) {
        return value;
      }
      double gain = (value - reached) / Math.max(value, 1e-300);
      double[] step = new double[SIZE];
      double[] change = new double[SIZE];
      for (int j = 0; j < SIZE; j++) {
        step[j] = next[j] - theta[j];
        change[j] = nextGradient[j] - gradient[j];
      }
      if (dot(step, change) > 1e-10 * dot(change, change)) {
        steps[kept % MEMORY] = step;
        changes[kept % MEMORY] = change;
        kept++;
      }
      theta = next;
      gradient = nextGradient;
      value = reached;
      if (gain < tolerance) {
        return value;
      }
    }
    return value;
  }

  /** The two-loop recursion (Nocedal and Wright, algorithm 7.4). */
  private static double[] direction(
      double[] gradient, double[][] steps, double[][] changes, int kept) {
    double[] q = gradient.clone();
    int oldest = Math.max(0, kept - MEMORY);
    double[] alpha = new double[MEMORY];
    for (int i = kept - 1; i >= oldest; i--) {
      double[] s = steps[i % MEMORY];
      double[] y = changes[i % MEMORY];
      alpha[i % MEMORY] = dot(s, q) / dot(s, y);
      for (int j = 0; j < SIZE; j++) {
        q[j] -= alpha[i % MEMORY] * y[j];
      }
    }
    if (kept > 0) {
      double[] s = steps[(kept - 1) % MEMORY];
      double[] y = changes[(kept - 1) % MEMORY];
      double scale = dot(s, y) / dot(y, y);
      for (int j = 0; j < SIZE; j++) {
        q[j] *= scale;
      }
    }
    for (int i = oldest; i < kept; i++) {
      double[] s = steps[i % MEMORY];
      double[] y = changes[i % MEMORY];
      double beta = dot(y, q) / dot(s, y);
      for (int j = 0; j < SIZE; j++) {
        q[j] += (alpha[i % MEMORY] - beta) * s[j];
      }
    }
    for (int j = 0; j < SIZE; j++) {
      q[j] = -q[j];
    }
    return q;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int j = 0; j < SIZE; j++) {
      sum += a[j] * b[j];
    }
    return sum;
  }
}
