package dev.isoflop.operator.dataset;

/** A tensor, row by row. Whoever asks for its arrays leaves them as they are. */
final class Weight {
  private final int[] shape;
  private final float[] values;

  /** Takes the arrays themselves. */
  Weight(int[] shape, float[] values) {
    this.shape = shape;
    this.values = values;
  }

  int[] shape() {
    return shape;
  }

  float[] values() {
    return values;
  }
}
