package dev.isoflop.operator.report.plot;

import java.util.List;

/** Grid, ticks and titles of the two axes. */
final class AxisDrawing {

  private static final double MAJOR = 5;
  private static final double MINOR = 3;

  /** Distance between a text and the edge of the drawing. */
  private static final double EDGE = 2;

  private final Frame frame;
  private final double font;
  private final double width;
  private final double height;

  /** The axes of a frame in a drawing of this width and height. */
  AxisDrawing(Frame frame, double font, double width, double height) {
    this.frame = frame;
    this.font = font;
    this.width = width;
    this.height = height;
  }

  /** Overhang of the x axis' labels beyond the drawing's right edge. */
  double overhang() {
    double overhang = 0;
    for (Tick tick : xTicks()) {
      if (tick.label().isPresent()) {
        double half = TextSetter.width(tick.label().get(), labelSize()) / 2;
        overhang = Math.max(overhang, frame.x(tick.value()) + half - (width - EDGE));
      }
    }
    return overhang;
  }

  private double labelSize() {
    return font * 0.94;
  }

  /** Number of labels that fit along the x axis. */
  static int labelsAcross(double width, double font) {
    return Math.max(2, (int) (width / (font * 4)));
  }

  /** Number of labels that fit along the y axis. */
  static int labelsAlong(double height, double font) {
    return Math.max(2, (int) (height / (font * 3.4)));
  }

  Element grid() {
    Element group = Inked.stroke(new Element("g"), Ink.GRID).set("stroke-width", 1);
    for (Tick tick : xTicks()) {
      if (tick.label().isPresent()) {
        group.add(line(frame.x(tick.value()), frame.top(), frame.x(tick.value()), frame.bottom()));
      }
    }
    for (Tick tick : yTicks()) {
      if (tick.label().isPresent()) {
        group.add(line(frame.left(), frame.y(tick.value()), frame.right(), frame.y(tick.value())));
      }
    }
    return group;
  }

  Element axes(Axis x, Axis y) {
    Element group = new Element("g");
    Element lines = Inked.stroke(new Element("g"), Ink.AXIS).set("stroke-width", 1);
    Element labels = Inked.fill(new Element("g"), Ink.MUTED);
    lines.add(line(frame.left(), frame.bottom(), frame.right(), frame.bottom()));
    lines.add(line(frame.left(), frame.top(), frame.left(), frame.bottom()));
    double size = labelSize();
    double freeFrom = Double.NEGATIVE_INFINITY;
    for (Tick tick : xTicks()) {
      double place = frame.x(tick.value());
      double length = tick.label().isPresent() ? MAJOR : MINOR;
      lines.add(line(place, frame.bottom(), place, frame.bottom() + length));
      if (tick.label().isPresent()) {
        double half = TextSetter.width(tick.label().get(), size) / 2;
        if (place - half > freeFrom) {
          double inside = Math.min(place, width - EDGE - half);
          labels.add(
              TextSetter.set(
                  tick.label().get(),
                  inside,
                  frame.bottom() + MAJOR + font * 1.15,
                  size,
                  "middle"));
          freeFrom = place + half + font * 0.5;
        }
      }
    }
    for (Tick tick : yTicks()) {
      double place = frame.y(tick.value());
      double length = tick.label().isPresent() ? MAJOR : MINOR;
      lines.add(line(frame.left() - length, place, frame.left(), place));
      tick.label()
          .ifPresent(
              label ->
                  labels.add(
                      TextSetter.set(
                          label, frame.left() - MAJOR - 4, place + size * 0.35, size, "end")));
    }
    group.add(lines).add(labels);
    Element titles = Inked.fill(new Element("g"), Ink.TEXT);
    double titleX = (frame.left() + frame.right()) / 2;
    titles.add(
        TextSetter.setWithin(
            roomAround(titleX, width),
            x.title(),
            titleX,
            frame.bottom() + MAJOR + font * 2.75,
            font,
            "middle"));
    double besideX = font * 1.05;
    double besideY = (frame.top() + frame.bottom()) / 2;
    titles.add(
        TextSetter.setWithin(
                roomAround(besideY, height), y.title(), besideX, besideY, font, "middle")
            .set(
                "transform",
                "rotate(-90 " + Coordinates.text(besideX) + " " + Coordinates.text(besideY) + ")"));
    return group.add(titles);
  }

  /** The length of a text in the middle of a place that reaches no edge of the drawing. */
  private static double roomAround(double middle, double extent) {
    return 2 * (Math.min(middle, extent - middle) - EDGE);
  }

  private List<Tick> xTicks() {
    return frame.xScale().ticks(labelsAcross(frame.width(), font));
  }

  private List<Tick> yTicks() {
    return frame.yScale().ticks(labelsAlong(frame.height(), font));
  }

  private static Element line(double x1, double y1, double x2, double y2) {
    return new Element("line").set("x1", x1).set("y1", y1).set("x2", x2).set("y2", y2);
  }
}
