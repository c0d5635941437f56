package dev.isoflop.worker.data.image;

import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.DataException.Kind;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import org.jspecify.annotations.Nullable;

/**
 * Decodes PNG, JPEG and WebP. Readers are kept per thread, for making one costs more than using it.
 */
public final class ImageDecoder {
  private static final String REMEDY = "make the image again or remove the sample";

  /** Components of a JPEG for print: cyan, magenta, yellow, black. */
  private static final int PRINT_INKS = 4;

  private final long mostPixels;
  private final ThreadLocal<Map<ImageFormat, ImageReader>> readers =
      ThreadLocal.withInitial(() -> new EnumMap<>(ImageFormat.class));

  /**
   * A decoder with a bound.
   *
   * @param mostPixels of an image, checked before memory is taken for them
   */
  public ImageDecoder(long mostPixels) {
    this.mostPixels = mostPixels;
  }

  /**
   * The picture in a file.
   *
   * @param where the file, for errors
   * @throws DataException if it is damaged, of another format, or has too many pixels
   */
  public Picture decode(byte[] content, String where) throws DataException {
    Optional<ImageFormat> format = ImageFormat.of(content);
    if (format.isEmpty()) {
      throw corrupt(where, "is not a PNG, JPEG or WebP image", null);
    }
    try {
      WholeFile.check(format.get(), content);
      return decode(where, format.get(), reader(format.get()), content);
    } catch (IOException | RuntimeException e) {
      // Readers answer damaged files with either kind, and may be left in any state.
      readers.get().remove(format.get());
      throw corrupt(where, "is not a readable " + format.get() + " image (" + reason(e) + ")", e);
    }
  }

  private Picture decode(String where, ImageFormat format, ImageReader reader, byte[] content)
      throws IOException, DataException {
    try (WholeInput input = new WholeInput(content)) {
      reader.setInput(input, true, true);
      int width = reader.getWidth(0);
      int height = reader.getHeight(0);
      if ((long) width * height > mostPixels) {
        throw new DataException(
            Kind.TooLarge,
            where,
            "%d x %d pixels are over the bound of %d".formatted(width, height, mostPixels),
            "make it smaller");
      }
      if (format == ImageFormat.JPEG) {
        JpegFile markers = JpegFile.read(content);
        if (markers.components() == PRINT_INKS) {
          Raster inks = reader.readRaster(0, null);
          return new Picture(PrintColours.toRgb(inks, markers.adobeTransform()));
        }
      }
      BufferedImage image = reader.read(0);
      int space = image.getColorModel().getColorSpace().getType();
      if (space != ColorSpace.TYPE_RGB && space != ColorSpace.TYPE_GRAY) {
        throw new IOException("its colours are not red, green and blue; convert it to RGB");
      }
      return new Picture(image);
    } finally {
      reader.setInput(null);
    }
  }

  private ImageReader reader(ImageFormat format) {
    return readers
        .get()
        .computeIfAbsent(
            format,
            wanted -> {
              Iterator<ImageReader> found =
                  ImageIO.getImageReadersByFormatName(wanted.readerName());
              if (!found.hasNext()) {
                throw new IllegalStateException("this program was packed without a reader for it");
              }
              return found.next();
            });
  }

  private static String reason(Exception cause) {
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }

  private static DataException corrupt(String where, String problem, @Nullable Exception cause) {
    return new DataException(Kind.Corrupt, where, problem, REMEDY, cause);
  }
}
