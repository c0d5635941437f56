package dev.isoflop.worker.data.coco;

import dev.isoflop.worker.data.BrokenSamples;
import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.DataException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the folder of images that belongs to a captions file, and which of them are not there. */
final class CocoFolder {
  private CocoFolder() {}

  /**
   * The folder whose name the captions file tells: {@code captions_val2014.json} speaks of {@code
   * val2014}, which lies beside {@code annotations}, in {@code images} beside it, or beside the
   * file itself.
   */
  static Path find(Path captions, String field) throws DataException {
    String file = captions.getFileName().toString();
    if (!file.startsWith("captions_") || !file.endsWith(".json")) {
      throw new DataException(
          Kind.Setting,
          field,
          "'" + file + "' is not named like captions_val2014.json, so its images cannot be found",
          "name it captions_FOLDER.json, FOLDER being that of its images");
    }
    String name = file.substring("captions_".length(), file.length() - ".json".length());
    List<Path> tried =
        List.of(
            captions.resolveSibling("..").resolve(name).normalize(),
            captions.resolveSibling("../images").resolve(name).normalize(),
            captions.resolveSibling(name));
    for (Path folder : tried) {
      if (Files.isDirectory(folder)) {
        return folder;
      }
    }
    throw new DataException(
        Kind.Missing,
        field,
        "there is no folder of images for '%s' (looked for %s)"
            .formatted(file, tried.stream().map(Path::toString).collect(Collectors.joining(", "))),
        "unpack the images there, or link their folder");
  }

  /**
   * The images of a list that are not there.
   *
   * @param broken says how many may be missing
   * @throws DataException if more are, or a name leads out of the folder
   */
  static Set<String> missing(
      Path folder, List<CocoImage> images, String field, BrokenSamples broken)
      throws DataException {
    Set<String> present = names(folder, field);
    Set<String> missing = new LinkedHashSet<>();
    for (CocoImage image : images) {
      if (!present.contains(image.file()) && !isInside(folder, image.file(), field)) {
        missing.add(image.file());
      }
    }
    if (!broken.allow(missing.size())) {
      throw new DataException(
          Kind.Missing,
          field,
          "%d of %d images are missing in '%s', the first of them '%s'"
              .formatted(missing.size(), images.size(), folder, missing.iterator().next()),
          "download the images again");
    }
    return missing;
  }

  private static Set<String> names(Path folder, String field) throws DataException {
    Set<String> names = new HashSet<>();
    try (Stream<Path> files = Files.list(folder)) {
      files.forEach(file -> names.add(file.getFileName().toString()));
      return names;
    } catch (IOException | java.io.UncheckedIOException e) {
      throw new DataException(
          Kind.Unreadable, field, "cannot list '" + folder + "' (" + e + ")", "check the mount", e);
    }
  }

  /** Whether a name with folders in it is that of a file here. */
  private static boolean isInside(Path folder, String name, String field) throws DataException {
    try {
      Path file = folder.resolve(name).normalize();
      if (file.startsWith(folder) && !name.startsWith("/")) {
        return Files.isRegularFile(file);
      }
    } catch (InvalidPathException e) {
      return false; // no file can have such a name
    }
    throw new DataException(
        Kind.Corrupt,
        field,
        "an image is named '" + name + "', outside of '" + folder + "'",
        "use captions from a source that you trust");
  }
}
