package dev.isoflop.worker.data.scenes;

/**
 * The pixels that a figure may touch, and their places in units of its radius.
 *
 * <p>How much of a pixel a figure covers is taken from the signed distance of the pixel's centre to
 * the outline: a ramp from 1 to 0 over one pixel's width. That is exact where a straight edge
 * crosses the pixel parallel to a side, and within 0.05 of it elsewhere.
 */
final class FigureFrame {
  private final int size;
  private final float perRadius;
  private final float pixel;
  private final int firstRow;
  private final int endRow;
  private final int firstColumn;
  private final int endColumn;

  /**
   * @param size pixels along a side of the image
   * @param extent how far it reaches from its centre, in radii
   */
  FigureFrame(Figure figure, int size, float extent) {
    this.size = size;
    perRadius = 1f / figure.radius();
    pixel = perRadius / size;
    float reach = figure.radius() * extent * size + 1f;
    firstRow = clamp((int) Math.floor(figure.y() * size - reach));
    endRow = clamp((int) Math.ceil(figure.y() * size + reach));
    firstColumn = clamp((int) Math.floor(figure.x() * size - reach));
    endColumn = clamp((int) Math.ceil(figure.x() * size + reach));
  }

  private int clamp(int at) {
    return Math.min(size, Math.max(0, at));
  }

  int firstRow() {
    return firstRow;
  }

  int endRow() {
    return endRow;
  }

  int firstColumn() {
    return firstColumn;
  }

  int endColumn() {
    return endColumn;
  }

  /** A pixel's width in radii. */
  float pixel() {
    return pixel;
  }

  /** How far the middle of a pixel lies from the centre along one axis, in radii. */
  float offset(int index, float centre) {
    return ((index + 0.5f) / size - centre) * perRadius;
  }

  /** The share of a pixel that lies inside, from the signed distance of its middle in radii. */
  float coverage(float distance) {
    return Math.min(1f, Math.max(0f, 0.5f - distance / pixel));
  }
}
