package dev.isoflop.operator.report.plot;

/** Drawing coordinates as text, to a hundredth of a unit. */
final class Coordinates {

  private Coordinates() {}

  /**
   * Throws {@link IllegalArgumentException} for a number that is no place: a drawing must leave
   * such values out, and say so.
   */
  static String text(double coordinate) {
    if (!Double.isFinite(coordinate) || Math.abs(coordinate) > 1e9) {
      throw new IllegalArgumentException("coordinate: " + coordinate + " is outside any drawing");
    }
    long hundredths = Math.round(coordinate * 100);
    String sign = hundredths < 0 ? "-" : "";
    long magnitude = Math.abs(hundredths);
    long whole = magnitude / 100;
    long rest = magnitude % 100;
    if (rest == 0) {
      return sign + whole;
    }
    return rest % 10 == 0
        ? sign + whole + "." + rest / 10
        : sign + whole + "." + (rest < 10 ? "0" : "") + rest;
  }
}
