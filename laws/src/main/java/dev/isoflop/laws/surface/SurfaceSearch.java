package dev.isoflop.laws.surface;

import dev.isoflop.laws.options.SurfaceObjective;
import dev.isoflop.laws.stats.NonNegativeFit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * A global search by variable projection: over a grid of (alpha, beta), E, A and B are the
 * non-negative least-squares solution, reweighted a few times towards the objective, so that only
 * two dimensions are left to search. The grid's local minima are the starts of full descents.
 */
final class SurfaceSearch {

  private static final int GRID = 12;
  private static final double SMALLEST = 0.03;
  private static final double LARGEST = 2.5;
  private static final int REWEIGHTINGS = 4;
  private static final int STARTS = 6;

  private final SurfacePoints points;
  private final ResidualLoss contribution;
  private final double[] exponents = new double[GRID];
  private final double[][] x = new double[GRID][];
  private final double[][] z = new double[GRID][];

  SurfaceSearch(SurfacePoints points, SurfaceObjective objective) {
    this.points = points;
    this.contribution = new ResidualLoss(objective);
    double ratio = StrictMath.pow(LARGEST / SMALLEST, 1.0 / (GRID - 1));
    double exponent = SMALLEST;
    for (int i = 0; i < GRID; i++) {
      exponents[i] = exponent;
      x[i] = powers(points.u(), exponent);
      z[i] = powers(points.v(), exponent);
      exponent *= ratio;
    }
  }

  /** Centred coefficients at the grid's local minima, the most promising first. */
  List<double[]> starts() {
    Cell[][] cells = new Cell[GRID][GRID];
    for (int i = 0; i < GRID; i++) {
      for (int j = 0; j < GRID; j++) {
        cells[i][j] = cell(i, j);
      }
    }
    List<Cell> minima = new ArrayList<>();
    for (int i = 0; i < GRID; i++) {
      for (int j = 0; j < GRID; j++) {
        if (isMinimum(cells, i, j)) {
          minima.add(cells[i][j]);
        }
      }
    }
    minima.sort(Comparator.comparingDouble(Cell::value));
    return minima.stream().limit(STARTS).map(Cell::theta).toList();
  }

  private static final class Cell {
    private final double[] theta;
    private final double value;

    Cell(double[] theta, double value) {
      this.theta = theta;
      this.value = value;
    }

    double[] theta() {
      return theta;
    }

    double value() {
      return value;
    }
  }

  private static boolean isMinimum(Cell[][] cells, int i, int j) {
    for (int di = -1; di <= 1; di++) {
      for (int dj = -1; dj <= 1; dj++) {
        int a = i + di;
        int b = j + dj;
        boolean inside = a >= 0 && a < GRID && b >= 0 && b < GRID;
        if (inside && cells[a][b].value() < cells[i][j].value()) {
          return false;
        }
      }
    }
    return true;
  }

  private Cell cell(int i, int j) {
    double[] weights = points.weights();
    double[] loss = points.loss();
    double[] working = new double[loss.length];
    for (int p = 0; p < working.length; p++) {
      working[p] = contribution.logarithmic() ? weights[p] / (loss[p] * loss[p]) : weights[p];
    }
    double[] linear = solve(x[i], z[j], working);
    for (int round = 0; contribution.logarithmic() && round < REWEIGHTINGS; round++) {
      for (int p = 0; p < working.length; p++) {
        double model = linear[0] + linear[1] * x[i][p] + linear[2] * z[j][p];
        contribution.derive(model, loss[p]);
        working[p] = weights[p] * contribution.majorizer;
      }
      linear = solve(x[i], z[j], working);
    }
    double value = 0;
    for (int p = 0; p < loss.length; p++) {
      double model = linear[0] + linear[1] * x[i][p] + linear[2] * z[j][p];
      value += weights[p] * contribution.at(model, loss[p]);
    }
    double[] theta = {linear[0], linear[1], linear[2], exponents[i], exponents[j]};
    return new Cell(theta, value);
  }

  private double[] solve(double[] xs, double[] zs, double[] working) {
    double[][] gram = new double[3][3];
    double[] moments = new double[3];
    double[] loss = points.loss();
    for (int p = 0; p < working.length; p++) {
      double w = working[p];
      double wx = w * xs[p];
      double wz = w * zs[p];
      gram[0][0] += w;
      gram[1][0] += wx;
      gram[2][0] += wz;
      gram[1][1] += wx * xs[p];
      gram[2][1] += wx * zs[p];
      gram[2][2] += wz * zs[p];
      moments[0] += w * loss[p];
      moments[1] += wx * loss[p];
      moments[2] += wz * loss[p];
    }
    return NonNegativeFit.solve(gram, moments);
  }

  private static double[] powers(double[] logs, double exponent) {
    return Arrays.stream(logs).map(log -> StrictMath.exp(-exponent * log)).toArray();
  }
}
