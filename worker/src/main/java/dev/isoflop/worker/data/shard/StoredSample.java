package dev.isoflop.worker.data.webdataset;

import java.nio.file.Path;

/**
 * One sample as a shard holds it, undecoded.
 *
 * @param field the setting that named its shard, for errors
 * @param number its place in the shard, from 0
 * @param key the name that its files share
 */
record StoredSample(
    String field, Path shard, long number, String key, StoredFile image, StoredFile caption) {
  /** Bytes of its files, known even when they were skipped. */
  long bytes() {
    return (long) image.length() + caption.length();
  }

  /** Where it is, for errors. */
  String where(StoredFile file) {
    return field + ", shard " + shard + ", entry " + file.name();
  }
}
