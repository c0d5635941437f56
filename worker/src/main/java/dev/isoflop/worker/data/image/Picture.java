package dev.isoflop.worker.data.image;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;

/**
 * A decoded image, read row by row as red, green and blue from 0 to 255, with what is transparent
 * laid on white.
 *
 * <p>Grey samples are taken as they are: {@code BufferedImage.getRGB} would treat them as linear
 * light and brighten them.
 */
public final class Picture {
  private final BufferedImage image;
  private final boolean plainGrey;
  private final int[] packed;

  public Picture(BufferedImage image) {
    this.image = image;
    plainGrey =
        image.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_GRAY
            && image.getRaster().getNumBands() <= 2
            && !(image.getColorModel() instanceof IndexColorModel);
    packed = new int[image.getWidth()];
  }

  public int width() {
    return image.getWidth();
  }

  public int height() {
    return image.getHeight();
  }

  /**
   * Reads part of a row.
   *
   * @param rgb receives {@code [3, count]}
   */
  void read(int y, int x, int count, float[] rgb) {
    if (plainGrey) {
      readGrey(y, x, count, rgb);
      return;
    }
    image.getRGB(x, y, count, 1, packed, 0, count);
    for (int i = 0; i < count; i++) {
      int argb = packed[i];
      float alpha = (argb >>> 24) / 255f;
      float white = 255f * (1f - alpha);
      rgb[i] = white + alpha * (argb >> 16 & 0xff);
      rgb[count + i] = white + alpha * (argb >> 8 & 0xff);
      rgb[2 * count + i] = white + alpha * (argb & 0xff);
    }
  }

  private void readGrey(int y, int x, int count, float[] rgb) {
    Raster raster = image.getRaster();
    int bands = raster.getNumBands();
    int[] samples = raster.getPixels(x, y, count, 1, new int[count * bands]);
    float full = (1 << bits(raster)) - 1;
    for (int i = 0; i < count; i++) {
      float alpha = bands == 2 ? samples[2 * i + 1] / full : 1f;
      float value = 255f * (1f - alpha + alpha * samples[i * bands] / full);
      rgb[i] = value;
      rgb[count + i] = value;
      rgb[2 * count + i] = value;
    }
  }

  private static int bits(Raster raster) {
    return raster.getDataBuffer().getDataType() == DataBuffer.TYPE_USHORT
        ? 16
        : raster.getSampleModel().getSampleSize(0);
  }
}
