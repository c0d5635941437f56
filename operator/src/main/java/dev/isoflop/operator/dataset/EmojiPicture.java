package dev.isoflop.operator.dataset;

import static java.util.Objects.requireNonNull;

/** A captioned picture of one emoji in one style. */
final class EmojiPicture {
  private final String hexcode;
  private final EmojiLabel label;
  private final SquarePixels pixels;

  EmojiPicture(String hexcode, EmojiLabel label, SquarePixels pixels) {
    this.hexcode = requireNonNull(hexcode, "hexcode");
    this.label = requireNonNull(label, "label");
    this.pixels = requireNonNull(pixels, "pixels");
  }

  /** The code points of the emoji in canonical form. */
  String hexcode() {
    return hexcode;
  }

  EmojiLabel label() {
    return label;
  }

  /** The picture as the package has it, on white. */
  SquarePixels pixels() {
    return pixels;
  }
}
