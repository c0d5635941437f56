package dev.isoflop.operator.report.plot;

/**
 * Room that characters take in a sans-serif font, as shares of the font size. Which font a reader
 * has is unknown, so these are Helvetica's advances (Adobe's Core 14 metrics) with a margin that
 * covers wider ones such as DejaVu Sans.
 */
final class GlyphWidths {

  private static final double MARGIN = 1.14;

  /** Helvetica's advances in thousandths, from the space to the tilde. */
  private static final int[] ASCII = {
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, // space to /
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, // 0 to ?
    1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, // @ to O
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, // P to _
    333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, // ` to o
    556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584 // p to ~
  };

  private static final int THIN_SPACE = 200;
  private static final int OTHER = 600;

  /** Ideographs, syllables of Hangul, and pictures fill a square. */
  private static final int SQUARE = 1000;

  private GlyphWidths() {}

  static double of(int codePoint) {
    return MARGIN * thousandths(codePoint) / 1000;
  }

  private static int thousandths(int codePoint) {
    if (codePoint >= ' ' && codePoint - ' ' < ASCII.length) {
      return ASCII[codePoint - ' '];
    } else if (codePoint == 0x2009 || codePoint == 0x202f || codePoint == 0xa0) {
      return codePoint == 0xa0 ? ASCII[0] : THIN_SPACE;
    }
    return codePoint >= 0x2e80 ? SQUARE : OTHER;
  }
}
