package dev.isoflop.operator.dataset;

import dev.isoflop.common.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which emoji are held out. Variants of one emoji go together, and so do emoji with one and the
 * same picture in any style (the flags of Norway and of Bouvet Island), for otherwise a model would
 * be measured on pictures it was trained on. About 15 in 100 families are held out, by a hash of
 * the first label in each, so that the split is the same for ever and everywhere.
 */
final class EmojiSplit {
  private static final String SALT = "isoflop emoji split 1\n";
  private static final double EVALUATION_SHARE = 0.15;

  private final Map<String, String> parents = new HashMap<>();

  /** Finds the families among all pictures of each style. */
  EmojiSplit(Collection<List<EmojiPicture>> styles) {
    for (List<EmojiPicture> style : styles) {
      Map<ByteBuffer, String> bases = new HashMap<>();
      for (EmojiPicture picture : style) {
        String base = picture.label().base();
        String same = bases.putIfAbsent(ByteBuffer.wrap(picture.pixels().rgb()), base);
        if (same != null) {
          unite(base, same);
        }
      }
    }
  }

  /** The label that stands for a base emoji's family: the first of its labels. */
  String family(String base) {
    String parent = parents.getOrDefault(base, base);
    return parent.equals(base) ? base : family(parent);
  }

  boolean isHeldOut(EmojiPicture picture) {
    long bits = hash(SALT + family(picture.label().base())) >>> 11;
    return bits * 0x1p-53 < EVALUATION_SHARE;
  }

  private void unite(String one, String other) {
    String first = family(one);
    String second = family(other);
    if (first.compareTo(second) < 0) {
      parents.put(second, first);
    } else if (first.compareTo(second) > 0) {
      parents.put(first, second);
    }
  }

  /** The first 64 bits of a text's SHA-256. */
  static long hash(String text) {
    return ByteBuffer.wrap(Sha256.start().digest(text.getBytes(StandardCharsets.UTF_8))).getLong();
  }
}
