package dev.isoflop.worker.data.scenes;

import dev.isoflop.worker.data.CounterRandom;

/**
 * The inside of a sketched figure: strokes of its colour over a thin wash of it. The texture
 * decides where the strokes lie; a plain figure has even, fine ones.
 *
 * @param wash the paper, tinted
 * @param stroke the figure's colour
 * @param line the outline's, a darker form of it
 */
record Hatching(
    Texture texture, float cos, float sin, float period, Color wash, Color stroke, Color line) {

  static Hatching of(Figure figure, Backdrop backdrop, CounterRandom random) {
    Color paper = backdrop.in(Manner.SKETCHED);
    Color ink = figure.ink(Manner.SKETCHED);
    boolean plain = figure.texture() == Texture.PLAIN;
    float turn = random.nextFloat(0.5f, 1.1f); // plain strokes lean one way, as a right hand draws
    return new Hatching(
        figure.texture(),
        plain ? (float) StrictMath.cos(turn) : figure.textureCos(),
        plain ? (float) StrictMath.sin(turn) : figure.textureSin(),
        plain ? 0.32f : figure.texturePeriod(),
        ink.mixedWith(paper, plain ? 0.3f : 0.6f),
        ink,
        ink.mixedWith(new Color(0f, 0f, 0f), 0.3f));
  }

  /** The colour at a place, in units of the figure's radius. */
  Color at(float x, float y, float pixel) {
    Texture pattern = texture == Texture.PLAIN ? Texture.STRIPED : texture;
    float share =
        pattern.secondInk(cos * x + sin * y, cos * y - sin * x, period, Math.max(pixel, 0.05f));
    return wash.mixedWith(stroke, share);
  }
}
