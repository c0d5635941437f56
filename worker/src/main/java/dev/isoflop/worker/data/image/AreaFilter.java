package dev.isoflop.worker.data.image;

import dev.isoflop.worker.data.ImageShape;
import dev.isoflop.worker.data.PixelLevels;
import java.util.Arrays;

/**
 * Brings a picture to a model's shape: the square in its middle, every pixel the mean of the area
 * it covers, rounded to a level. The mean over the area (a box filter) neither aliases nor rings,
 * and is exact to write down: pixel i of n covers [i s/n, (i+1) s/n) of a side of s source pixels.
 */
public final class AreaFilter {
  private AreaFilter() {}

  /** {@code [C, H, W]} in [-1, 1]. */
  public static float[] toSquare(Picture picture, ImageShape shape) {
    int side = Math.min(picture.width(), picture.height());
    int left = (picture.width() - side) / 2;
    int top = (picture.height() - side) / 2;
    int size = shape.size();
    float[] source = new float[3 * side];
    double[] narrowed = new double[3 * size];
    double[] sums = new double[3 * size * size];
    double scale = (double) side / size;
    for (int y = 0; y < side; y++) {
      picture.read(top + y, left, side, source);
      narrow(source, side, narrowed, size);
      for (int row = (int) (y / scale); row < size && row * scale < y + 1; row++) {
        double share = overlap(y, row, scale) / scale;
        if (share > 0) {
          add(narrowed, share, sums, row, size);
        }
      }
    }
    return levels(sums, shape);
  }

  /** How much of source pixel {@code at} lies in the area of target pixel {@code target}. */
  private static double overlap(int at, int target, double scale) {
    return Math.min(at + 1.0, (target + 1) * scale) - Math.max(at, target * scale);
  }

  private static void narrow(float[] source, int side, double[] narrowed, int size) {
    if (side == size) {
      for (int i = 0; i < narrowed.length; i++) {
        narrowed[i] = source[i];
      }
      return;
    }
    Arrays.fill(narrowed, 0);
    double scale = (double) side / size;
    for (int target = 0; target < size; target++) {
      int end = (int) Math.min(side, Math.ceil((target + 1) * scale));
      for (int at = (int) (target * scale); at < end; at++) {
        double share = overlap(at, target, scale) / scale;
        for (int channel = 0; channel < 3; channel++) {
          narrowed[channel * size + target] += share * source[channel * side + at];
        }
      }
    }
  }

  private static void add(double[] narrowed, double share, double[] sums, int row, int size) {
    for (int channel = 0; channel < 3; channel++) {
      int from = channel * size;
      int to = (channel * size + row) * size;
      for (int x = 0; x < size; x++) {
        sums[to + x] += share * narrowed[from + x];
      }
    }
  }

  private static float[] levels(double[] sums, ImageShape shape) {
    float[] image = new float[shape.length()];
    int plane = shape.size() * shape.size();
    for (int i = 0; i < image.length; i++) {
      double value =
          shape.channels() == 3
              ? sums[i]
              : 0.299 * sums[i] + 0.587 * sums[plane + i] + 0.114 * sums[2 * plane + i];
      image[i] = PixelLevels.nearest((float) (value / 255));
    }
    return image;
  }
}
