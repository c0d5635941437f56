package dev.isoflop.worker.data.scenes;

/** The colours of figures, by the words of the captions, in the palette of either manner. */
enum ColorName {
  RED(0xd62828, 0xa84a44),
  ORANGE(0xf3862b, 0xc98a4b),
  YELLOW(0xf7d23e, 0xd8c268),
  GREEN(0x3a9d3e, 0x5c8a58),
  TEAL(0x2bb5ad, 0x4f9a94),
  BLUE(0x2a5bd7, 0x4a62a0),
  PURPLE(0x7b2fa8, 0x74528c),
  PINK(0xf283b6, 0xd87fa6),
  BROWN(0x85532c, 0x735a45),
  BLACK(0x161616, 0x2c2c30),
  WHITE(0xf8f8f8, 0xf0efe8),
  GREY(0x8c8c8c, 0x86888c);

  private final int solid;
  private final int sketched;
  private final String word;

  ColorName(int solid, int sketched) {
    this.solid = solid;
    this.sketched = sketched;
    this.word = CaptionWords.of(this);
  }

  String word() {
    return word;
  }

  Color in(Manner manner) {
    return Color.rgb(
        switch (manner) {
          case SOLID -> solid;
          case SKETCHED -> sketched;
        });
  }
}
