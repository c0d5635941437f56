package dev.isoflop.operator.report.plot;

import java.util.Optional;

/** A legend in rows that fill the width. */
final class LegendDrawing {

  private static final double SIGN = 20;
  private static final double GAP = 6;
  private static final double SPACE = 16;

  private final double font;
  private final double lineHeight;

  LegendDrawing(double font) {
    this.font = font;
    lineHeight = font * 1.55;
  }

  /** The room that the legend takes in a drawing of this width. */
  double height(Legend legend, double width) {
    if (legend.items().isEmpty()) {
      return 0;
    }
    return rows(legend, width) * lineHeight + font * 0.4;
  }

  Element draw(Legend legend, double left, double top, double width) {
    Element group = new Element("g");
    layOut(legend, width, Optional.of(group), left, top);
    return group;
  }

  double lineHeight() {
    return lineHeight;
  }

  /** Number of rows that the legend takes in a drawing of this width. */
  int rows(Legend legend, double width) {
    return legend.items().isEmpty() ? 0 : layOut(legend, width, Optional.empty(), 0, 0);
  }

  /** Counts the rows, and draws them if there is a group to draw into. */
  private int layOut(
      Legend legend, double width, Optional<Element> group, double left, double top) {
    int row = 0;
    double x = 0;
    if (!legend.title().runs().isEmpty()) {
      group.ifPresent(
          into ->
              into.add(
                  Inked.fill(
                      TextSetter.set(legend.title(), left, baseline(top, 0), font, "start"),
                      Ink.MUTED)));
      x += TextSetter.width(legend.title(), font) + SPACE * 0.7;
    }
    for (Legend.Item item : legend.items()) {
      double needed = Math.min(width, SIGN + GAP + TextSetter.width(item.text(), font));
      if (x > 0 && x + needed > width) {
        row++;
        x = 0;
      }
      if (group.isPresent()) {
        item(group.get(), item, left + x, baseline(top, row), width - SIGN - GAP);
      }
      x += needed + SPACE;
    }
    return row + 1;
  }

  private double baseline(double top, int row) {
    return top + row * lineHeight + font;
  }

  private void item(Element group, Legend.Item item, double x, double baseline, double room) {
    double middle = baseline - font * 0.35;
    if (item.band()) {
      group.add(
          Inked.fill(
                  new Element("path")
                      .set(
                          "d",
                          "M%s %sh%sv%sh-%sz"
                              .formatted(
                                  Coordinates.text(x),
                                  Coordinates.text(middle - font * 0.4),
                                  Coordinates.text(SIGN),
                                  Coordinates.text(font * 0.8),
                                  Coordinates.text(SIGN))),
                  item.ink())
              .set("fill-opacity", "0.16"));
    }
    item.line()
        .ifPresent(
            stroke ->
                group.add(
                    Strokes.apply(
                        new Element("path")
                            .set(
                                "d",
                                "M%s %sh%s"
                                    .formatted(
                                        Coordinates.text(x),
                                        Coordinates.text(middle),
                                        Coordinates.text(SIGN))),
                        item.ink(),
                        stroke,
                        1.7)));
    item.marker()
        .ifPresent(
            marker ->
                group.add(
                    MarkDrawing.shape(
                        marker, x + SIGN / 2, middle, font * 0.3, item.ink(), item.hollow())));
    group.add(
        Inked.fill(
            TextSetter.setWithin(room, item.text(), x + SIGN + GAP, baseline, font, "start"),
            Ink.TEXT));
  }
}
