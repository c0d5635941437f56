package dev.isoflop.worker.data.image;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;

/**
 * Brings the four inks of a JPEG for print to red, green and blue, as libjpeg and Pillow do, which
 * most tools read such files with: inks are taken as Adobe stores them, inverted, and each colour
 * is what two inks leave of the light. A colour profile in the file is not applied.
 */
final class PrintColours {
  private static final int YCCK = 2;

  private PrintColours() {}

  /**
   * The picture.
   *
   * @param inks four bands: cyan, magenta, yellow and black, or Y, Cb, Cr and black
   * @param adobeTransform how they are stored, see {@link JpegFile}
   */
  static BufferedImage toRgb(Raster inks, int adobeTransform) throws IOException {
    if (inks.getNumBands() != 4) {
      throw new IOException("it has %d colours and not 4".formatted(inks.getNumBands()));
    }
    int width = inks.getWidth();
    int height = inks.getHeight();
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    int[] row = new int[4 * width];
    int[] packed = new int[width];
    for (int y = 0; y < height; y++) {
      inks.getPixels(inks.getMinX(), inks.getMinY() + y, width, 1, row);
      for (int x = 0; x < width; x++) {
        if (adobeTransform == YCCK) {
          toInks(row, 4 * x);
        }
        int light = row[4 * x + 3];
        packed[x] =
            left(row[4 * x], light) << 16
                | left(row[4 * x + 1], light) << 8
                | left(row[4 * x + 2], light);
      }
      image.setRGB(0, y, width, 1, packed, 0, width);
    }
    return image;
  }

  /** ITU T.871's conversion; what libjpeg's YCCK gives is the inverse of that. */
  private static void toInks(int[] row, int at) {
    double y = row[at];
    double blue = row[at + 1] - 128;
    double red = row[at + 2] - 128;
    row[at] = 255 - clamp(y + 1.402 * red);
    row[at + 1] = 255 - clamp(y - 0.344136 * blue - 0.714136 * red);
    row[at + 2] = 255 - clamp(y + 1.772 * blue);
  }

  private static int clamp(double value) {
    return (int) Math.max(0, Math.min(255, Math.round(value)));
  }

  /** The product of two shares of 255, rounded. */
  private static int left(int ink, int light) {
    return (ink * light + 127) / 255;
  }
}
