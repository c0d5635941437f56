package dev.isoflop.worker.data.text;

import dev.isoflop.worker.data.CounterRandom;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Gives every word a fixed random vector: no download, no model, and words stay apart because
 * random vectors of some width are nearly orthogonal. It knows nothing of meaning ("car" and
 * "automobile" are as far apart as any two words), which suits closed vocabularies.
 *
 * <p>A word is a longest run of letters, digits and combining marks, in lower case and in Unicode
 * normal form C. Its vector is drawn from the standard normal distribution with the word's UTF-8
 * bytes as the key and then scaled to a mean square of exactly 1 up to rounding, so that each token
 * enters the model with the same norm.
 */
public final class HashedTextEncoder implements TextEncoder {
  /** Part of every key: raise it when the vectors change. */
  private static final int VERSION = 1;

  /** Words kept; a larger vocabulary stays right and only costs more time. */
  private static final int MAXIMUM_CACHED_WORDS = 1 << 16;

  private static final long HASH_OFFSET = 0xcbf29ce484222325L;
  private static final long HASH_PRIME = 0x100000001b3L;

  private final int tokens;
  private final int width;
  private final ConcurrentHashMap<String, float[]> vectors = new ConcurrentHashMap<>();

  public HashedTextEncoder(int tokens, int width) {
    if (tokens < 1 || width < 1) {
      throw new IllegalArgumentException(
          "tokens and width must be positive, not " + tokens + " and " + width);
    }
    this.tokens = tokens;
    this.width = width;
  }

  @Override
  public int tokens() {
    return tokens;
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public void encode(String caption, float[] features, int offset) {
    String text = Normalizer.normalize(caption, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    int token = 0;
    int position = 0;
    while (token < tokens) {
      int start = nextWordStart(text, position);
      if (start == text.length()) {
        break;
      }
      position = wordEnd(text, start);
      float[] vector = vector(text.substring(start, position));
      System.arraycopy(vector, 0, features, offset + token * width, width);
      token++;
    }
    Arrays.fill(features, offset + token * width, offset + tokens * width, 0f);
  }

  @Override
  public String digest() {
    return "hashed-words-v" + VERSION + "-t" + tokens + "-w" + width;
  }

  private float[] vector(String word) {
    float[] known = vectors.get(word);
    if (known != null) {
      return known;
    }
    float[] drawn = draw(word);
    if (vectors.size() < MAXIMUM_CACHED_WORDS) {
      vectors.put(word, drawn);
    }
    return drawn;
  }

  private float[] draw(String word) {
    CounterRandom random = new CounterRandom(VERSION, hash(word), width);
    double[] values = new double[width];
    double squares = 0;
    for (int i = 0; i < width; i++) {
      values[i] = random.nextGaussian();
      squares += values[i] * values[i];
    }
    double scale = Math.sqrt(width / squares);
    float[] vector = new float[width];
    for (int i = 0; i < width; i++) {
      vector[i] = (float) (values[i] * scale);
    }
    return vector;
  }

  /** FNV-1a, 64 bits; the random numbers mix it further. */
  private static long hash(String word) {
    long hash = HASH_OFFSET;
    for (byte b : word.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * HASH_PRIME;
    }
    return hash;
  }

  private static int nextWordStart(String text, int from) {
    int position = from;
    while (position < text.length() && !inWord(text.codePointAt(position))) {
      position += Character.charCount(text.codePointAt(position));
    }
    return position;
  }

  private static int wordEnd(String text, int start) {
    int position = start;
    while (position < text.length() && inWord(text.codePointAt(position))) {
      position += Character.charCount(text.codePointAt(position));
    }
    return position;
  }

  private static boolean inWord(int codePoint) {
    if (Character.isLetterOrDigit(codePoint)) {
      return true;
    }
    int type = Character.getType(codePoint);
    return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
  }
}
