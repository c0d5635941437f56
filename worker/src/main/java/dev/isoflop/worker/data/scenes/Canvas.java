package dev.isoflop.worker.data.scenes;

import dev.isoflop.worker.data.ImageShape;
import dev.isoflop.worker.data.PixelLevels;

/**
 * A picture in the making: {@code [C, H, W]} intensities from 0 to 1, turned into the levels that
 * models see when it is done. A grey picture keeps the luma of each colour.
 */
final class Canvas {
  private final int channels;
  private final int size;
  private final float[] values;

  Canvas(ImageShape shape) {
    channels = shape.channels();
    size = shape.size();
    values = new float[shape.length()];
  }

  int size() {
    return size;
  }

  /** Sets a pixel. */
  void set(int x, int y, float red, float green, float blue) {
    int at = y * size + x;
    if (channels == 1) {
      values[at] = luma(red, green, blue);
    } else {
      int plane = size * size;
      values[at] = red;
      values[at + plane] = green;
      values[at + 2 * plane] = blue;
    }
  }

  /** Lays a colour over a pixel, covering a share of it. */
  void cover(int x, int y, float share, float red, float green, float blue) {
    int at = y * size + x;
    if (channels == 1) {
      values[at] += share * (luma(red, green, blue) - values[at]);
    } else {
      int plane = size * size;
      values[at] += share * (red - values[at]);
      values[at + plane] += share * (green - values[at + plane]);
      values[at + 2 * plane] += share * (blue - values[at + 2 * plane]);
    }
  }

  /** The finished image, in [-1, 1]; the canvas must not be used afterwards. */
  float[] finish() {
    for (int i = 0; i < values.length; i++) {
      values[i] = PixelLevels.nearest(values[i]);
    }
    return values;
  }

  private static float luma(float red, float green, float blue) {
    return 0.299f * red + 0.587f * green + 0.114f * blue;
  }
}
