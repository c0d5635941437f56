package dev.isoflop.operator.report.plot;

/** Styles of lines. */
final class Strokes {

  private Strokes() {}

  static Element apply(Element element, Ink ink, Layer.Stroke stroke, double width) {
    Inked.stroke(element, ink)
        .set("fill", "none")
        .set("stroke-width", width)
        .set("stroke-linejoin", "round");
    return switch (stroke) {
      case SOLID -> element;
      case DASHED -> element.set("stroke-dasharray", "6 4");
      case DOTTED -> element.set("stroke-dasharray", "1.5 3.5").set("stroke-linecap", "round");
    };
  }
}
