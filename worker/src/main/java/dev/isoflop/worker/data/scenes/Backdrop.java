package dev.isoflop.worker.data.scenes;

/** The colours of backgrounds, by the words of the captions, in the palette of either manner. */
enum Backdrop {
  WHITE(0xf2f2f0, 0xfbf8ee, Tone.LIGHT),
  BLACK(0x141418, 0x24262a, Tone.DARK),
  GREY(0x9a9c9e, 0xa4a6a2, Tone.MIDDLE),
  CREAM(0xf6ecd2, 0xf0e2bd, Tone.LIGHT),
  SAND(0xd9b77e, 0xc4a878, Tone.WARM),
  PALE_BLUE(0xbcd9f2, 0xc9d8de, Tone.LIGHT),
  PALE_GREEN(0xc6e8c4, 0xcddcc0, Tone.LIGHT),
  PALE_PINK(0xf6d3dc, 0xe9d3cb, Tone.LIGHT),
  DARK_BLUE(0x16244f, 0x243250, Tone.DARK),
  DARK_GREEN(0x12351f, 0x23392c, Tone.DARK),
  DARK_RED(0x45141a, 0x4a2a2a, Tone.DARK);

  /** What a background has in common with the figures that would be lost in it. */
  private enum Tone {
    LIGHT,
    MIDDLE,
    WARM,
    DARK
  }

  private final int solid;
  private final int sketched;
  private final Tone tone;
  private final String word;

  Backdrop(int solid, int sketched, Tone tone) {
    this.solid = solid;
    this.sketched = sketched;
    this.tone = tone;
    this.word = CaptionWords.of(this);
  }

  String word() {
    return word;
  }

  /**
   * Whether a figure of this colour would hardly be seen. Of any three colours some backdrop hides
   * none.
   */
  boolean hides(ColorName color) {
    return switch (tone) {
      case LIGHT -> color == ColorName.WHITE;
      case MIDDLE -> color == ColorName.GREY;
      case WARM ->
          color == ColorName.ORANGE || color == ColorName.YELLOW || color == ColorName.PINK;
      case DARK -> color == ColorName.BLACK;
    };
  }

  Color in(Manner manner) {
    return Color.rgb(
        switch (manner) {
          case SOLID -> solid;
          case SKETCHED -> sketched;
        });
  }
}
