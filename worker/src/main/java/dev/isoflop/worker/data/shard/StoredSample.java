package dev.isoflop.worker.data.shard;

import java.util.Optional;

/**
 * One sample as a shard holds it, undecoded.
 *
 * @param place where it stands
 * @param key what the format calls it
 * @param input its image or latents
 * @param caption absent only where text features take its place
 * @param text its caption's precomputed features, if they are wanted
 */
public record StoredSample(
    SamplePlace place,
    String key,
    StoredFile input,
    Optional<StoredFile> caption,
    Optional<StoredFile> text) {
  /** Bytes of its parts, known even when they were skipped. */
  long bytes() {
    return (long) input.length()
        + caption.map(StoredFile::length).orElse(0)
        + text.map(StoredFile::length).orElse(0);
  }

  /** Where a part of it is, for errors. */
  String where(StoredFile file) {
    return place.shard() + ", entry " + file.name();
  }
}
