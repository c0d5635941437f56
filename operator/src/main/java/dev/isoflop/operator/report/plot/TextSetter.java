package dev.isoflop.operator.report.plot;

import dev.isoflop.operator.report.plot.RichText.Run;

/** Sets {@link RichText} as SVG text, and estimates the room it takes. */
final class TextSetter {

  /** Size and lift of scripts, as shares of the font size. */
  private static final double SCRIPT = 0.74;

  private static final double RAISE = 0.38;
  private static final double DROP = 0.2;

  /** Mean advance of a sans-serif glyph, as a share of the font size; digits are 0.556. */
  private static final double ADVANCE = 0.56;

  private TextSetter() {}

  static Element set(RichText text, double x, double y, double size, String anchor) {
    Element element = new Element("text").set("x", x).set("y", y).set("font-size", size);
    if (!anchor.equals("start")) {
      element.set("text-anchor", anchor);
    }
    double shift = 0;
    for (Run run : text.runs()) {
      double wanted = baseline(run) * size;
      double move = wanted - shift;
      shift = wanted;
      boolean script = run instanceof RichText.Superscript || run instanceof RichText.Subscript;
      if (!script && move == 0 && run instanceof RichText.Upright) {
        element.add(run.text());
        continue;
      }
      Element span = new Element("tspan");
      if (move != 0) {
        span.set("dy", move);
      }
      if (script) {
        span.set("font-size", size * SCRIPT);
      }
      if (run instanceof RichText.Italic) {
        span.set("font-style", "italic");
      }
      element.add(span.add(run.text()));
    }
    return element;
  }

  /** Downwards, as shares of the font size. */
  private static double baseline(Run run) {
    return run instanceof RichText.Superscript
        ? -RAISE
        : run instanceof RichText.Subscript ? DROP : 0;
  }

  static double width(RichText text, double size) {
    double width = 0;
    for (Run run : text.runs()) {
      boolean script = run instanceof RichText.Superscript || run instanceof RichText.Subscript;
      width += run.text().codePoints().count() * size * ADVANCE * (script ? SCRIPT : 1);
    }
    return width;
  }
}
