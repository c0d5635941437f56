package dev.isoflop.operator.plan;

import dev.isoflop.laws.text.NumberFormat;
import dev.isoflop.model.TransformerShape;

/** Writes model shapes for messages. */
public final class ShapeText {
  private ShapeText() {}

  /** {@code 4 layers x 256 (3.2M)}. */
  public static String shape(TransformerShape shape) {
    return "%s x %d (%s)"
        .formatted(
            layers(shape.layers()), shape.width(), NumberFormat.count((double) shape.parameters()));
  }

  /** {@code 1 layer}, {@code 4 layers}. */
  static String layers(int layers) {
    return NumberFormat.several(layers, "layer");
  }
}
