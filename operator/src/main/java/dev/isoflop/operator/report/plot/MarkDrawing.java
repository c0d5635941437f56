package dev.isoflop.operator.report.plot;

import java.util.stream.DoubleStream;

/** Markers with their error bars. */
final class MarkDrawing {

  private static final double CAP = 3;

  private final Frame frame;
  private final double font;

  MarkDrawing(Frame frame, double font) {
    this.frame = frame;
    this.font = font;
  }

  Element draw(Layer.Points points, LabelPlacement labels) {
    Element group = new Element("g").set("class", "series").set("data-series", points.series());
    double radius = font * 0.3 * points.size();
    for (Mark mark : points.marks()) {
      if (!frame.xScale().shows(mark.x()) || !frame.yScale().shows(mark.y())) {
        throw new IllegalArgumentException(
            "series '%s': no place for a mark at (%s, %s)"
                .formatted(points.series(), mark.x(), mark.y()));
      }
      double x = frame.heldX(mark.x());
      double y = frame.heldY(mark.y());
      Element place = new Element("g").set("class", "mark");
      if (!mark.tip().isEmpty()) {
        place.add(new Element("title").add(mark.tip()));
      }
      bars(place, mark, points.ink(), labels);
      place.add(shape(shapeFor(points, mark), x, y, radius, points.ink(), points.hollow()));
      labels.occupy(Box.around(x, y, radius + 1));
      group.add(place);
    }
    return group;
  }

  /** A mark off the scale becomes a triangle on the edge, pointing to where it lies. */
  private Marker shapeFor(Layer.Points points, Mark mark) {
    if (mark.y() > frame.yScale().high()) {
      return Marker.TRIANGLE;
    }
    return mark.y() < frame.yScale().low() ? Marker.DART : points.marker();
  }

  private void bars(Element place, Mark mark, Ink ink, LabelPlacement labels) {
    if (mark.along().isPresent() && frame.xScale().covers(mark.x())) {
      Mark.Reach reach = mark.along().get();
      double x = frame.x(mark.x());
      double low = frame.yScale().shows(reach.low()) ? frame.heldY(reach.low()) : frame.bottom();
      double high = frame.yScale().shows(reach.high()) ? frame.heldY(reach.high()) : frame.top();
      place.add(bar(ink, "M%s %sV%s", x, low, high));
      labels.keepFree(Box.between(x, low, x, high, CAP));
      for (double end : ends(frame.yScale(), reach)) {
        if (Math.abs(frame.y(end) - frame.heldY(mark.y())) > CAP) {
          place.add(bar(ink, "M%s %sH%s", x - CAP, frame.y(end), x + CAP));
        }
      }
    }
    if (mark.across().isPresent() && frame.yScale().covers(mark.y())) {
      Mark.Reach reach = mark.across().get();
      double y = frame.y(mark.y());
      double low = frame.xScale().shows(reach.low()) ? frame.heldX(reach.low()) : frame.left();
      double high = frame.xScale().shows(reach.high()) ? frame.heldX(reach.high()) : frame.right();
      place.add(bar(ink, "M%s %sH%s", low, y, high));
      labels.keepFree(Box.between(low, y, high, y, CAP));
      for (double end : ends(frame.xScale(), reach)) {
        if (Math.abs(frame.x(end) - frame.heldX(mark.x())) > CAP) {
          place.add(bar(ink, "M%s %sV%s", frame.x(end), y - CAP, y + CAP));
        }
      }
    }
  }

  /** Ends that get an end stroke: those the axis shows; a bar that goes on beyond it has none. */
  private static double[] ends(Scale scale, Mark.Reach reach) {
    return DoubleStream.of(reach.low(), reach.high()).filter(scale::covers).toArray();
  }

  private static Element bar(Ink ink, String pattern, double a, double b, double c) {
    return Inked.stroke(
            new Element("path")
                .set(
                    "d",
                    pattern.formatted(
                        Coordinates.text(a), Coordinates.text(b), Coordinates.text(c))),
            ink)
        .set("stroke-width", 1.2);
  }

  static Element shape(Marker marker, double x, double y, double radius, Ink ink, boolean hollow) {
    Element path = new Element("path").set("d", marker.path(x, y, radius));
    if (hollow || marker == Marker.CROSS) {
      return Inked.both(path, Ink.PAPER, ink).set("stroke-width", 1.5);
    }
    return Inked.both(path, ink, Ink.PAPER).set("stroke-width", 0.8);
  }
}
