package dev.isoflop.worker.data.coco;

import dev.isoflop.common.Sha256;
import dev.isoflop.worker.data.BrokenSamples;
import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.DataException.Kind;
import dev.isoflop.worker.data.ImageShape;
import dev.isoflop.worker.data.LocalFile;
import dev.isoflop.worker.data.indexed.IndexedDataset;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Set;

/**
 * COCO captions (Chen et al. 2015). Training takes one of an image's captions, another from pass to
 * pass as seed and pass say; evaluation takes the first that the file has, and the images in its
 * order.
 */
public final class CocoDataset extends IndexedDataset {
  private final Path folder;
  private final List<CocoImage> images;
  private final Set<String> missing;

  private CocoDataset(
      String name,
      String field,
      Path captions,
      Path folder,
      List<CocoImage> images,
      Set<String> missing,
      ImageShape imageShape,
      BrokenSamples broken) {
    super(
        name,
        imageShape,
        new CocoExamples(field, folder, images, missing, imageShape),
        broken,
        field,
        captions);
    this.folder = folder;
    this.images = images;
    this.missing = missing;
  }

  /**
   * Reads the captions and checks that every image is there; images are first looked into when a
   * stream is read.
   *
   * @param uri the captions file, such as {@code coco/annotations/captions_val2014.json}
   * @param field the setting that {@code uri} comes from, named in errors
   * @param directory what relative paths start from
   * @param broken the images that are left out
   * @throws DataException if the captions or an image are missing, or the file is damaged
   */
  public static CocoDataset open(
      String name,
      String uri,
      String field,
      Path directory,
      ImageShape imageShape,
      BrokenSamples broken)
      throws DataException {
    Path captions = LocalFile.file(uri, field, directory);
    Path folder = CocoFolder.find(captions, field);
    List<CocoImage> images;
    try (InputStream input = Files.newInputStream(captions)) {
      images = CocoReader.read(input);
    } catch (IOException e) {
      throw new DataException(
          Kind.Corrupt,
          field + ", file " + captions,
          "is not a usable COCO captions file (" + e.getMessage() + ")",
          "download it again",
          e);
    }
    Set<String> missing = CocoFolder.missing(folder, images, field, broken);
    return new CocoDataset(name, field, captions, folder, images, missing, imageShape, broken);
  }

  /**
   * Covers the names, captions and sizes of all images, which tells data sets apart but proves
   * nothing of the pixels: reading all of COCO's 13 GB at each start would cost more than it tells.
   */
  @Override
  public String digest() throws DataException {
    MessageDigest digest = Sha256.start();
    for (CocoImage image : images) {
      Path file = folder.resolve(image.file());
      try {
        long size = missing.contains(image.file()) ? -1 : Files.size(file);
        add(digest, image.file() + "\n" + size + "\n");
      } catch (IOException e) {
        throw gone(file, e);
      }
      image.captions().forEach(caption -> add(digest, caption + "\n"));
    }
    return Sha256.finish(digest);
  }

  private static void add(MessageDigest digest, String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
  }
}
