package dev.isoflop.operator.report.plot;

/**
 * Contrast ratio of two colours by WCAG 2.2, from 1 (equal) to 21 (black on white). Text needs 4.5,
 * marks and lines 3.
 */
final class Contrast {

  static final double TEXT = 4.5;

  /** Steps from a colour to black or white. */
  private static final int STEPS = 64;

  private Contrast() {}

  /** The ratio of two colours such as {@code #0d0887}. */
  static double ratio(String one, String other) {
    double a = luminance(value(one));
    double b = luminance(value(other));
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  }

  /** The first colour on the way from one to another that can be read as text on the paper. */
  static String readable(String colour, String towards, String paper) {
    for (int step = 0; step < STEPS; step++) {
      String mixed = mix(value(colour), value(towards), (double) step / STEPS);
      if (ratio(mixed, paper) >= TEXT) {
        return mixed;
      }
    }
    return towards;
  }

  /** A colour between two, as a share of the way. */
  static String mix(int from, int to, double share) {
    int colour = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
      int start = (from >> shift) & 0xff;
      int end = (to >> shift) & 0xff;
      colour |= (int) Math.round(start + share * (end - start)) << shift;
    }
    return "#" + Integer.toHexString(0x1000000 | colour).substring(1);
  }

  private static int value(String colour) {
    return Integer.parseInt(colour.substring(1), 16);
  }

  private static double luminance(int colour) {
    return 0.2126 * linear(colour >> 16 & 0xff)
        + 0.7152 * linear(colour >> 8 & 0xff)
        + 0.0722 * linear(colour & 0xff);
  }

  private static double linear(int channel) {
    double share = channel / 255.0;
    return share <= 0.04045 ? share / 12.92 : StrictMath.pow((share + 0.055) / 1.055, 2.4);
  }
}
