package dev.isoflop.worker.data.scenes;

/**
 * Sizes as the caption tells them apart; radii as shares of the image's side, with gaps between.
 */
enum SizeClass {
  SMALL("small", 0.1f, 0.14f),
  MEDIUM("", 0.17f, 0.22f),
  LARGE("large", 0.25f, 0.33f);

  private final String word;
  private final float leastRadius;
  private final float greatestRadius;

  SizeClass(String word, float leastRadius, float greatestRadius) {
    this.word = word;
    this.leastRadius = leastRadius;
    this.greatestRadius = greatestRadius;
  }

  /** What the caption calls it; empty for the middle one, which no word marks. */
  String word() {
    return word;
  }

  /** The next smaller one; small stays small. */
  SizeClass smaller() {
    return this == LARGE ? MEDIUM : SMALL;
  }

  float leastRadius() {
    return leastRadius;
  }

  float greatestRadius() {
    return greatestRadius;
  }
}
