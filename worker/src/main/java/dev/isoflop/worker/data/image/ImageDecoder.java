package dev.isoflop.worker.data.webdataset;

import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.DataException.Kind;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Decodes PNG, JPEG and WebP. Readers are kept per thread, for making one costs more than using it.
 */
final class ImageDecoder {
  private static final String REMEDY = "make the image again or remove the sample from the shard";

  private final Limits limits;
  private final ThreadLocal<Map<ImageFormat, ImageReader>> readers =
      ThreadLocal.withInitial(() -> new EnumMap<>(ImageFormat.class));

  ImageDecoder(Limits limits) {
    this.limits = limits;
  }

  /** The picture, within the bound on pixels, which is checked before memory is taken for them. */
  Picture decode(StoredSample sample) throws DataException {
    byte[] content = sample.image().content();
    Optional<ImageFormat> format = ImageFormat.of(content);
    if (format.isEmpty()) {
      throw corrupt(sample, "is no PNG, JPEG or WebP image", null);
    }
    try {
      WholeFile.check(format.get(), content);
      return decode(sample, reader(format.get()), content);
    } catch (IOException | RuntimeException e) {
      // Readers answer damaged files with either kind, and may be left in any state.
      readers.get().remove(format.get());
      throw corrupt(sample, "is not a readable " + format.get() + " image (" + reason(e) + ")", e);
    }
  }

  private Picture decode(StoredSample sample, ImageReader reader, byte[] content)
      throws IOException, DataException {
    try (MemoryCacheImageInputStream input =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(content))) {
      reader.setInput(input, true, true);
      int width = reader.getWidth(0);
      int height = reader.getHeight(0);
      if ((long) width * height > limits.pixels()) {
        throw new DataException(
            Kind.TooLarge,
            sample.where(sample.image()),
            "%d x %d pixels are over the bound of %d".formatted(width, height, limits.pixels()),
            "make the shard again with smaller images");
      }
      BufferedImage image = reader.read(0);
      int space = image.getColorModel().getColorSpace().getType();
      if (space != ColorSpace.TYPE_RGB && space != ColorSpace.TYPE_GRAY) {
        throw new IOException("its colours are meant for print; convert it to RGB");
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

  private static DataException corrupt(
      StoredSample sample, String problem, @Nullable Exception cause) {
    return new DataException(Kind.Corrupt, sample.where(sample.image()), problem, REMEDY, cause);
  }
}
