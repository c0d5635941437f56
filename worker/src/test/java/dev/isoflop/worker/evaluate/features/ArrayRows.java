package dev.isoflop.worker.evaluate.features;

import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Rows in memory, FP64. */
final class ArrayRows implements FeatureRows {
  private final double[][] rows;

  ArrayRows(double[][] rows) {
    this.rows = rows;
  }

  double[][] rows() {
    return rows;
  }

  /** Rows by the formulas of feature_distances.py. */
  static ArrayRows of(String kind, int count, int dimensions) {
    double[][] rows = new double[count][dimensions];
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < dimensions; j++) {
        rows[i][j] = value(kind, i, j, dimensions);
      }
    }
    return new ArrayRows(rows);
  }

  private static double value(String kind, long i, long j, int dimensions) {
    return switch (kind) {
      case "real" -> ((i * i * 7 + j * 13 + i * j * 3) % 17) / 17.0;
      case "generated" -> ((i * i * 5 + j * 11 + i * j * 2 + 3) % 19) / 19.0;
      case "scattered" -> {
        long state = ((i * dimensions + j + 1) * 2654435761L) % (1L << 32);
        yield (state * 1103515245L + 12345) % (1L << 31) / (double) (1L << 31) * (1 + j % 5);
      }
      case "far" -> value("scattered", i, j, dimensions) * 0.5 + 1000;
      default -> throw new IllegalArgumentException(kind);
    };
  }

  /** Independent normal rows: column j has this mean and standard deviation. */
  static ArrayRows normal(SplittableRandom random, int count, double[] mean, double[] deviation) {
    double[][] rows = new double[count][mean.length];
    for (double[] row : rows) {
      for (int j = 0; j < row.length; j++) {
        row[j] = mean[j] + deviation[j] * random.nextGaussian();
      }
    }
    return new ArrayRows(rows);
  }

  @Override
  public int count() {
    return rows.length;
  }

  @Override
  public int dimensions() {
    return rows[0].length;
  }

  @Override
  public PtNDArray read(PtNDManager manager, int from, int to) {
    double[] flat = Arrays.stream(rows, from, to).flatMapToDouble(Arrays::stream).toArray();
    return (PtNDArray) manager.create(flat, new Shape(to - from, dimensions()));
  }
}
