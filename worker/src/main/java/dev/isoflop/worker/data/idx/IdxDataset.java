package dev.isoflop.worker.data.idx;

import dev.isoflop.common.Sha256;
import dev.isoflop.worker.data.BrokenSamples;
import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.DataException.Kind;
import dev.isoflop.worker.data.ImageShape;
import dev.isoflop.worker.data.LocalFile;
import dev.isoflop.worker.data.indexed.IndexedDataset;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;

/** Grey images of a few classes, each captioned with the name of its class. */
public final class IdxDataset extends IndexedDataset {
  /** Most labels: a bound on memory, a thousand times those of MNIST. */
  private static final int MAXIMUM_ITEMS = 64 << 20;

  private static final String REMEDY = "download it again";

  private final String field;
  private final Path images;
  private final Path labels;
  private final List<String> classNames;

  private IdxDataset(
      String name,
      String field,
      Path images,
      Path labels,
      List<String> classNames,
      ImageShape imageShape,
      IdxExamples examples) {
    super(name, imageShape, examples, BrokenSamples.none(), field + ".uri", images);
    this.field = field;
    this.images = images;
    this.labels = labels;
    this.classNames = classNames;
  }

  /**
   * Opens both files and checks them whole.
   *
   * @param uri the file of images; the labels lie beside it, in a file that is named {@code labels}
   *     and {@code idx1} where this one is named {@code images} and {@code idx3}
   * @param classNames the caption of label 0, 1 and so on
   * @param field the setting, such as {@code data.train}, named in errors
   * @param directory what relative paths start from
   * @throws DataException if a file is missing or damaged, or has labels without a name
   */
  public static IdxDataset open(
      String name,
      String uri,
      List<String> classNames,
      String field,
      Path directory,
      ImageShape imageShape)
      throws DataException {
    Path images = LocalFile.file(uri, field + ".uri", directory);
    Path labels = labels(images, field);
    IdxFile stored = open(images, 3, field);
    byte[] numbers = numbers(labels, stored.header().items(), field);
    requireNames(numbers, labels, classNames, field);
    IdxExamples examples =
        new IdxExamples(field + ".uri, file " + images, stored, numbers, classNames, imageShape);
    return new IdxDataset(name, field, images, labels, classNames, imageShape, examples);
  }

  private static Path labels(Path images, String field) throws DataException {
    String file = images.getFileName().toString();
    if (!file.contains("images")) {
      throw new DataException(
          Kind.Setting,
          field + ".uri",
          "'" + file + "' has no \"images\" in its name, so its labels cannot be found",
          "name the file of images as MNIST does, such as train-images-idx3-ubyte.gz, with"
              + " train-labels-idx1-ubyte.gz beside it");
    }
    String wanted = file.replace("images", "labels").replace("idx3", "idx1");
    Path labels = images.resolveSibling(wanted);
    if (!Files.isRegularFile(labels)) {
      throw new DataException(
          Kind.Missing,
          field + ".uri",
          "no file '" + labels + "' with the labels of '" + file + "'",
          "put it beside the images");
    }
    return labels;
  }

  private static IdxFile open(Path path, int dimensions, String field) throws DataException {
    try {
      return IdxFile.open(path, dimensions);
    } catch (IOException e) {
      throw corrupt(path, field, e);
    }
  }

  private static byte[] numbers(Path labels, int images, String field) throws DataException {
    IdxFile file = open(labels, 1, field);
    int items = file.header().items();
    if (items != images) {
      throw new DataException(
          Kind.Corrupt,
          field + ".uri, file " + labels,
          "holds %d labels for %d images".formatted(items, images),
          "name files that belong together");
    }
    if (items > MAXIMUM_ITEMS) {
      throw new DataException(
          Kind.TooLarge,
          field + ".uri, file " + labels,
          "%d labels are over the bound of %d".formatted(items, MAXIMUM_ITEMS),
          "store so many images in WebDataset shards");
    }
    try {
      return file.readAll();
    } catch (IOException e) {
      throw corrupt(labels, field, e);
    }
  }

  private static void requireNames(
      byte[] numbers, Path labels, List<String> classNames, String field) throws DataException {
    for (int i = 0; i < numbers.length; i++) {
      int number = numbers[i] & 0xff;
      if (number >= classNames.size()) {
        throw new DataException(
            Kind.Setting,
            field + ".classNames",
            "has %d names, but entry %d of '%s' has label %d"
                .formatted(classNames.size(), i, labels, number),
            "name every class, from that of label 0 on");
      }
    }
  }

  private static DataException corrupt(Path path, String field, IOException e) {
    return new DataException(
        Kind.Corrupt,
        field + ".uri, file " + path,
        "is not a usable IDX file (" + e.getMessage() + ")",
        REMEDY,
        e);
  }

  /** Covers every unpacked byte of both files and the names of the classes. */
  @Override
  public String digest() throws DataException {
    MessageDigest digest = Sha256.start();
    for (Path path : List.of(images, labels)) {
      try {
        IdxFile.open(path, path.equals(images) ? 3 : 1).digest(digest);
      } catch (IOException e) {
        throw corrupt(path, field, e);
      }
    }
    digest.update(String.join("\n", classNames).getBytes(StandardCharsets.UTF_8));
    return Sha256.finish(digest);
  }
}
