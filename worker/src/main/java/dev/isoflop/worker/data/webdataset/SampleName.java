package dev.isoflop.worker.data.webdataset;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * An entry's name split at the first dot of its base name.
 *
 * @param key what the files of a sample share, with the directories before it
 * @param extension the rest, in lower case and without the dot
 */
record SampleName(String key, String extension) {
  private static final Set<String> IMAGES = Set.of("png", "jpg", "jpeg", "webp");
  private static final Set<String> CAPTIONS = Set.of("txt", "json", "cls");
  private static final Set<String> LATENTS = Set.of("latent.npy", "latents.npy", "npy");
  private static final Set<String> TEXTS = Set.of("text.npy", "text.npz");

  /** Empty if there is nothing before the dot, or no dot. */
  static Optional<SampleName> of(String name) {
    int base = name.lastIndexOf('/') + 1;
    int dot = name.indexOf('.', base);
    if (dot <= base || dot == name.length() - 1) {
      return Optional.empty();
    }
    String extension = name.substring(dot + 1).toLowerCase(Locale.ROOT);
    return Optional.of(new SampleName(name.substring(0, dot), extension));
  }

  /** This name split at its last dot instead, if it has more than one. */
  Optional<SampleName> atLastDot() {
    int dot = extension.lastIndexOf('.');
    return dot < 0
        ? Optional.empty()
        : Optional.of(
            new SampleName(key + "." + extension.substring(0, dot), extension.substring(dot + 1)));
  }

  boolean isImage() {
    return IMAGES.contains(extension);
  }

  boolean isCaption() {
    return CAPTIONS.contains(extension);
  }

  boolean isLatent() {
    return LATENTS.contains(extension);
  }

  boolean isText() {
    return TEXTS.contains(extension);
  }
}
