package dev.isoflop.operator.dataset;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * One set of shards.
 *
 * @param name for example {@code google-train}
 * @param samples captioned pictures in it
 * @param baseEmoji different emoji in it, variants not counted
 */
public record EmojiSet(String name, long samples, long baseEmoji, List<Shard> shards) {
  /**
   * One tar file.
   *
   * @param file its name in the folder
   * @param sha256 {@code sha256:} and 64 hexadecimal digits
   */
  public record Shard(String file, long samples, long bytes, String sha256) {}

  public EmojiSet {
    shards = List.copyOf(shards);
  }

  /** Pattern that names all its shards in a manifest, below the folder. */
  @JsonProperty(access = JsonProperty.Access.READ_ONLY)
  public String pattern() {
    return shards.size() == 1
        ? shards.get(0).file()
        : "%s-{00000..%05d}.tar".formatted(name, shards.size() - 1);
  }
}
