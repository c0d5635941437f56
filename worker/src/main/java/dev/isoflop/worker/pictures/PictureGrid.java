package dev.isoflop.worker.pictures;

import dev.isoflop.worker.data.ImageShape;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import javax.imageio.ImageIO;

/** Pictures side by side in rows, as nearly square as can be, in one PNG. */
final class PictureGrid {
  /** Pixels between two pictures. */
  static final int GAP = 2;

  private static final int WHITE = 0xffffff;

  private PictureGrid() {}

  /** Pictures in a row. */
  static int columns(int count) {
    return (int) Math.ceil(Math.sqrt(count));
  }

  /**
   * The bytes of the PNG.
   *
   * @param values {@code [count, C, H, W]}; what lies outside -1 ... 1 is shown as black or white
   */
  static byte[] png(float[] values, ImageShape shape, int count) {
    int columns = columns(count);
    int rows = (count + columns - 1) / columns;
    int cell = shape.size() + GAP;
    BufferedImage grid =
        new BufferedImage(columns * cell - GAP, rows * cell - GAP, BufferedImage.TYPE_INT_RGB);
    int[] white = new int[grid.getWidth() * grid.getHeight()];
    Arrays.fill(white, WHITE);
    grid.setRGB(0, 0, grid.getWidth(), grid.getHeight(), white, 0, grid.getWidth());
    for (int i = 0; i < count; i++) {
      draw(values, i * shape.length(), shape, grid, (i % columns) * cell, (i / columns) * cell);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(grid, "png", bytes)) {
        throw new IllegalStateException("every Java platform writes PNG");
      }
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory cannot fail", e);
    }
    return bytes.toByteArray();
  }

  private static void draw(
      float[] values, int offset, ImageShape shape, BufferedImage grid, int left, int top) {
    int pixels = shape.size() * shape.size();
    int second = shape.channels() == 3 ? pixels : 0; // grey shows its one channel three times
    for (int at = 0; at < pixels; at++) {
      int red = level(values[offset + at]);
      int green = level(values[offset + second + at]);
      int blue = level(values[offset + 2 * second + at]);
      grid.setRGB(left + at % shape.size(), top + at / shape.size(), red << 16 | green << 8 | blue);
    }
  }

  /** A value that is no number is shown as black. */
  private static int level(float value) {
    return Math.round(127.5f * (Math.max(-1f, Math.min(1f, value)) + 1f)) & 0xff;
  }
}
