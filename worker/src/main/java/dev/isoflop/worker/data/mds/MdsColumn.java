package dev.isoflop.worker.data.mds;

import dev.isoflop.worker.data.array.ArrayEncoding;
import dev.isoflop.worker.data.array.NumberType;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A column of a shard.
 *
 * @param fixedBytes of every value; empty if each value says its own
 */
record MdsColumn(String name, String encoding, OptionalInt fixedBytes) {
  private static final Set<String> IMAGES = Set.of("png", "jpeg", "bytes");

  /** The name that {@code StoredFile}s carry it under, for a picture or latents. */
  Optional<String> asInput(boolean latents) {
    if (latents) {
      return encoding.equals("bytes") || ArrayEncoding.of(encoding).isPresent()
          ? Optional.of(encoding)
          : Optional.empty();
    }
    return IMAGES.contains(encoding) ? Optional.of(encoding) : Optional.empty();
  }

  /** For a caption: text, or the number of a class. */
  Optional<String> asCaption() {
    return switch (encoding) {
      case "str", "str_int" -> Optional.of("txt");
      case "json" -> Optional.of("json");
      case "int" -> Optional.of(NumberType.Int64.label());
      default ->
          NumberType.labelled(encoding).isPresent() ? Optional.of(encoding) : Optional.empty();
    };
  }
}
