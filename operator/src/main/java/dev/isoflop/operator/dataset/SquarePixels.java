package dev.isoflop.operator.dataset;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;

/** A square picture, red, green and blue of 8 bits each, row by row. */
final class SquarePixels {
  private final int size;
  private final byte[] rgb;

  private SquarePixels(int size, byte[] rgb) {
    this.size = size;
    this.rgb = rgb;
  }

  int size() {
    return size;
  }

  /** {@code [size, size, 3]}; not to be changed. */
  byte[] rgb() {
    return rgb;
  }

  /** Decodes a PNG and lays what is transparent on white. */
  static SquarePixels decode(byte[] png) throws IOException {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
    if (image == null || image.getWidth() != image.getHeight()) {
      throw new IOException("it is not a square PNG");
    }
    int size = image.getWidth();
    byte[] rgb = new byte[3 * size * size];
    boolean grey =
        image.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_GRAY
            && !(image.getColorModel() instanceof IndexColorModel);
    if (grey && image.getSampleModel().getSampleSize(0) != 8) {
      throw new IOException("it is grey with other than 8 bits");
    }
    for (int i = 0; i < size * size; i++) {
      int argb = grey ? grey(image, i % size, i / size) : image.getRGB(i % size, i / size);
      for (int channel = 0; channel < 3; channel++) {
        rgb[3 * i + channel] = onWhite(argb >> (16 - 8 * channel) & 0xff, argb >>> 24);
      }
    }
    return new SquarePixels(size, rgb);
  }

  /** Samples as stored: {@code getRGB} would take them for linear light and brighten them. */
  private static int grey(BufferedImage image, int x, int y) {
    int[] samples = image.getRaster().getPixel(x, y, (int[]) null);
    int alpha = samples.length == 2 ? samples[1] : 255;
    return alpha << 24 | samples[0] << 16 | samples[0] << 8 | samples[0];
  }

  private static byte onWhite(int value, int alpha) {
    return (byte) ((value * alpha + 255 * (255 - alpha) + 127) / 255);
  }

  /** Every pixel the mean of the area it covers; exact in integers. */
  SquarePixels scaledTo(int target) {
    byte[] scaled = new byte[3 * target * target];
    // In units of 1 / target of a source pixel, target pixel i covers [i size, (i + 1) size).
    long area = (long) size * size;
    for (int row = 0; row < target; row++) {
      for (int column = 0; column < target; column++) {
        for (int channel = 0; channel < 3; channel++) {
          long sum = 0;
          for (int y = row * size / target; y * target < (row + 1) * size; y++) {
            for (int x = column * size / target; x * target < (column + 1) * size; x++) {
              long share = (long) overlap(y, row, target) * overlap(x, column, target);
              sum += share * (rgb[3 * (y * size + x) + channel] & 0xff);
            }
          }
          scaled[3 * (row * target + column) + channel] = (byte) ((sum + area / 2) / area);
        }
      }
    }
    return new SquarePixels(target, scaled);
  }

  private int overlap(int source, int targetPixel, int target) {
    return Math.min((source + 1) * target, (targetPixel + 1) * size)
        - Math.max(source * target, targetPixel * size);
  }
}
