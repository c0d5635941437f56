package dev.isoflop.worker.data.scenes;

import java.util.List;

/**
 * Contents of one picture, before it is drawn and captioned.
 *
 * @param backdrop the background's colour
 * @param backdropTold whether the caption names it
 * @param slopeX how much lighter the background gets from the left edge to the right
 * @param slopeY how much lighter it gets from the top to the bottom
 * @param lightX where the light on the figures comes from: the gain at the right edge of each
 * @param lightY the gain at the lower edge of each
 * @param figures one to three that do not overlap, in the order in which the caption tells them
 * @param details key of what only the manner of drawing decides, such as the wobble of a line
 */
record Scene(
    Backdrop backdrop,
    boolean backdropTold,
    float slopeX,
    float slopeY,
    float lightX,
    float lightY,
    List<Figure> figures,
    long details) {
  /** The most figures that a scene has. */
  static final int MAXIMUM_FIGURES = 3;

  Scene {
    figures = List.copyOf(figures);
  }
}
