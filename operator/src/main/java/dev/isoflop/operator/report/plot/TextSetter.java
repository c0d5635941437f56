package dev.isoflop.operator.report.plot;

import dev.isoflop.operator.report.plot.RichText.Italic;
import dev.isoflop.operator.report.plot.RichText.Run;
import dev.isoflop.operator.report.plot.RichText.Subscript;
import dev.isoflop.operator.report.plot.RichText.Superscript;
import dev.isoflop.operator.report.plot.RichText.Upright;

/** Sets {@link RichText} as SVG text, and estimates the room it takes. */
final class TextSetter {

  /** Size and lift of scripts, as shares of the font size. */
  private static final double SCRIPT = 0.74;

  private static final double RAISE = 0.38;
  private static final double DROP = 0.2;

  private static final String ELLIPSIS = "\u2026";

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
      boolean script = isScript(run);
      if (!script && move == 0 && run instanceof Upright) {
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
      if (run instanceof Italic) {
        span.set("font-style", "italic");
      }
      element.add(span.add(run.text()));
    }
    return element;
  }

  /**
   * Sets a text within so much room: what is longer ends in an ellipsis, and pointing at it shows
   * the whole.
   */
  static Element setWithin(
      double room, RichText text, double x, double y, double size, String anchor) {
    RichText cut = shortened(text, size, room);
    Element element = set(cut, x, y, size, anchor);
    return cut.equals(text) ? element : element.add(new Element("title").add(text.plain()));
  }

  /**
   * The beginning of a text that fits into so much room, with an ellipsis where some is left out.
   */
  static RichText shortened(RichText text, double size, double room) {
    if (width(text, size) <= room) {
      return text;
    }
    double left = room - width(RichText.of(ELLIPSIS), size);
    RichText cut = RichText.EMPTY;
    for (Run run : text.runs()) {
      double scale = size * (isScript(run) ? SCRIPT : 1);
      int end = 0;
      while (end < run.text().length()) {
        int point = run.text().codePointAt(end);
        left -= scale * GlyphWidths.of(point);
        if (left < 0) {
          return append(cut, run, run.text().substring(0, end)).text(ELLIPSIS);
        }
        end += Character.charCount(point);
      }
      cut = append(cut, run, run.text());
    }
    return cut;
  }

  private static RichText append(RichText text, Run style, String part) {
    if (style instanceof Italic) {
      return text.italic(part);
    } else if (style instanceof Superscript) {
      return text.superscript(part);
    } else if (style instanceof Subscript) {
      return text.subscript(part);
    }
    return text.text(part);
  }

  private static boolean isScript(Run run) {
    return run instanceof Superscript || run instanceof Subscript;
  }

  /** Downwards, as shares of the font size. */
  private static double baseline(Run run) {
    return run instanceof Superscript ? -RAISE : run instanceof Subscript ? DROP : 0;
  }

  static double width(RichText text, double size) {
    double width = 0;
    for (Run run : text.runs()) {
      double glyphs = run.text().codePoints().mapToDouble(GlyphWidths::of).sum();
      width += size * glyphs * (isScript(run) ? SCRIPT : 1);
    }
    return width;
  }
}
