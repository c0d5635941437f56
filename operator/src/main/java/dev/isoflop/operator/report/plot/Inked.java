package dev.isoflop.operator.report.plot;

/** Colours elements so that a page can recolour them: an attribute for paper, a class for pages. */
final class Inked {

  private Inked() {}

  static Element fill(Element element, Ink ink) {
    return element.set("fill", ink.light()).set("class", "fill-" + ink.name());
  }

  static Element stroke(Element element, Ink ink) {
    return element.set("stroke", ink.light()).set("class", "stroke-" + ink.name());
  }

  static Element both(Element element, Ink fill, Ink stroke) {
    return element
        .set("fill", fill.light())
        .set("stroke", stroke.light())
        .set("class", "fill-" + fill.name() + " stroke-" + stroke.name());
  }
}
