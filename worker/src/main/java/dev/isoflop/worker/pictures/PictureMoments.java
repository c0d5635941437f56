package dev.isoflop.worker.pictures;

import java.util.SortedSet;
import java.util.TreeSet;

/** The steps after which pictures are drawn on the way: they grow by equal factors. */
final class PictureMoments {
  private PictureMoments() {}

  /**
   * At most {@code count} steps from 1 to less than {@code steps}: steps^(i / (count + 1)),
   * rounded.
   */
  static SortedSet<Long> of(long steps, int count) {
    SortedSet<Long> moments = new TreeSet<>();
    for (int i = 1; i <= count; i++) {
      long step = Math.round(StrictMath.pow((double) steps, i / (count + 1.0)));
      if (step < steps) {
        moments.add(step);
      }
    }
    return moments;
  }
}
