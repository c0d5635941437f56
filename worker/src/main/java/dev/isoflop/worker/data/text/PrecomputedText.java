package dev.isoflop.worker.data.text;

import java.util.Arrays;

/**
 * Stands where features come with the examples. It encodes one caption itself, the empty one, as
 * zeros: what a dropped caption is.
 */
public record PrecomputedText(int tokens, int width) implements TextEncoder {

  @Override
  public void encode(String caption, float[] features, int offset) {
    if (!caption.isEmpty()) {
      throw new IllegalArgumentException(
          "features of '" + caption + "' come with its example only");
    }
    Arrays.fill(features, offset, offset + tokens * width, 0f);
  }

  /** The features themselves are part of the data sets' digests. */
  @Override
  public String digest() {
    return "precomputed-t" + tokens + "-w" + width;
  }
}
