package dev.isoflop.worker.data.coco;

import dev.isoflop.worker.data.CounterRandom;
import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.DataException.Kind;
import dev.isoflop.worker.data.Example;
import dev.isoflop.worker.data.ImageShape;
import dev.isoflop.worker.data.image.AreaFilter;
import dev.isoflop.worker.data.image.ImageDecoder;
import dev.isoflop.worker.data.image.LevelCache;
import dev.isoflop.worker.data.indexed.IndexedExamples;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Images of a folder with their captions: the first in evaluation, any in training. */
final class CocoExamples implements IndexedExamples {
  private static final int MAXIMUM_IMAGE_BYTES = 64 << 20;
  private static final long MAXIMUM_PIXELS = 1L << 26;

  private final String field;
  private final Path folder;
  private final List<CocoImage> images;
  private final Set<String> missing;
  private final ImageShape imageShape;
  private final ImageDecoder decoder = new ImageDecoder(MAXIMUM_PIXELS);
  private final LevelCache<Integer> cache = new LevelCache<>(LevelCache.DEFAULT_BOUND);

  /**
   * Images of a list.
   *
   * @param missing those that were not there when the set was opened
   */
  CocoExamples(
      String field,
      Path folder,
      List<CocoImage> images,
      Set<String> missing,
      ImageShape imageShape) {
    this.field = field;
    this.folder = folder;
    this.images = images;
    this.missing = missing;
    this.imageShape = imageShape;
  }

  @Override
  public int count() {
    return images.size();
  }

  @Override
  public Example train(int index, CounterRandom choice) throws DataException {
    List<String> captions = captions(index);
    return new Example(image(index), captions.get(choice.nextInt(captions.size())));
  }

  @Override
  public Example evaluate(int index) throws DataException {
    return new Example(image(index), captions(index).get(0));
  }

  private List<String> captions(int index) throws DataException {
    CocoImage image = images.get(index);
    if (image.captions().isEmpty()) {
      throw new DataException(
          Kind.Corrupt,
          where(image),
          "has no caption in the captions file",
          "add an annotation with its image_id, or remove it from \"images\"");
    }
    return image.captions();
  }

  private String where(CocoImage image) {
    return field + ", file " + folder.resolve(image.file());
  }

  private float[] image(int index) throws DataException {
    Optional<float[]> known = cache.find(index);
    if (known.isPresent()) {
      return known.get();
    }
    Path file = folder.resolve(images.get(index).file());
    String where = where(images.get(index));
    if (missing.contains(images.get(index).file())) {
      throw new DataException(Kind.Missing, where, "is not there", "download the images again");
    }
    float[] image = AreaFilter.toSquare(decoder.decode(content(file, where), where), imageShape);
    cache.keep(index, image);
    return image;
  }

  private static byte[] content(Path file, String where) throws DataException {
    byte[] content;
    try (InputStream input = Files.newInputStream(file)) {
      content = input.readNBytes(MAXIMUM_IMAGE_BYTES + 1);
    } catch (IOException e) {
      throw new DataException(
          Kind.Unreadable, where, "cannot be read (" + e + ")", "check the file and the mount", e);
    }
    if (content.length > MAXIMUM_IMAGE_BYTES) {
      throw new DataException(
          Kind.TooLarge,
          where,
          "has more than " + MAXIMUM_IMAGE_BYTES + " bytes",
          "make it smaller");
    }
    return content;
  }
}
