package dev.isoflop.worker.data.scenes;

/**
 * One figure of a scene. Lengths are shares of the image's side; the origin is the upper left
 * corner, x points right and y down.
 *
 * @param x of the centre
 * @param y of the centre
 * @param radius of a circle around most of it; all of it lies within {@link #EXTENT} times that
 * @param cos of the angle it is turned by, clockwise
 * @param sin of the same angle
 * @param textureCos of the angle between figure and texture
 * @param textureSin of the same angle
 * @param texturePeriod in units of the radius
 * @param redShift added to the named colour's red, and so for the other two
 */
record Figure(
    ShapeKind kind,
    SizeClass size,
    ColorName color,
    Texture texture,
    float x,
    float y,
    float radius,
    float cos,
    float sin,
    float textureCos,
    float textureSin,
    float texturePeriod,
    float redShift,
    float greenShift,
    float blueShift) {

  /** The farthest that any outline reaches from its centre (a square's corner), in radii. */
  static final float EXTENT = 1.16f;

  /** The figure's colour as drawn. */
  Color ink(Manner manner) {
    return color.in(manner).shifted(redShift, greenShift, blueShift);
  }

  /** The second ink of its texture: a form of the same colour, darker for light ones. */
  Color secondInk(Manner manner) {
    Color ink = ink(manner);
    return ink.luma() > 0.5f
        ? ink.mixedWith(new Color(0f, 0f, 0f), 0.5f)
        : ink.mixedWith(new Color(1f, 1f, 1f), 0.6f);
  }
}
