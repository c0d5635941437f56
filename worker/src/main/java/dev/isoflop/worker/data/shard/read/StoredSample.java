package dev.isoflop.worker.data.shard.read;

import dev.isoflop.worker.data.DataException;
import java.util.Optional;

/**
 * One sample as a shard holds it, undecoded.
 *
 * @param place where it stands
 * @param key what the format calls it
 * @param input its image or latents
 * @param caption absent only where text features take its place
 * @param text its caption's precomputed features, if they are wanted
 * @param flaw what already its shard shows to be wrong with it, such as a part that is missing; it
 *     keeps its place among the others and cannot be decoded
 */
public record StoredSample(
    SamplePlace place,
    String key,
    StoredFile input,
    Optional<StoredFile> caption,
    Optional<StoredFile> text,
    Optional<Flaw> flaw) {

  /**
   * Why a sample cannot be used, as {@link DataException} takes it.
   *
   * @param where file and entry
   */
  public record Flaw(DataException.Kind kind, String where, String problem, String remedy) {}

  /** A sample of which every part is there. */
  public StoredSample(
      SamplePlace place,
      String key,
      StoredFile input,
      Optional<StoredFile> caption,
      Optional<StoredFile> text) {
    this(place, key, input, caption, text, Optional.empty());
  }

  /** A sample that keeps its place and cannot be used. */
  public static StoredSample flawed(SamplePlace place, String key, Flaw flaw) {
    return new StoredSample(
        place,
        key,
        StoredFile.skipped(key, "", 0),
        Optional.empty(),
        Optional.empty(),
        Optional.of(flaw));
  }

  /** Fails if the sample has a flaw. */
  public void requireUsable() throws DataException {
    if (flaw.isPresent()) {
      Flaw found = flaw.get();
      throw new DataException(found.kind(), found.where(), found.problem(), found.remedy());
    }
  }

  /** Bytes of its parts, known even when they were skipped. */
  public long bytes() {
    return (long) input.length()
        + caption.map(StoredFile::length).orElse(0)
        + text.map(StoredFile::length).orElse(0);
  }

  /** Where a part of it is, for errors. */
  public String where(StoredFile file) {
    return place.shard() + ", entry " + file.name();
  }
}
