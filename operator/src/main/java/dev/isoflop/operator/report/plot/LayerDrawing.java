package dev.isoflop.operator.report.plot;

/** Draws what lies between the axes, and tells the placement of labels what is taken. */
final class LayerDrawing {

  private final Frame frame;
  private final double font;
  private final LabelPlacement labels;

  LayerDrawing(Frame frame, double font, LabelPlacement labels) {
    this.frame = frame;
    this.font = font;
    this.labels = labels;
  }

  Element draw(Layer layer) {
    if (layer instanceof Layer.Points points) {
      return new MarkDrawing(frame, font).draw(points, labels);
    } else if (layer instanceof Layer.Line line) {
      return line(line);
    } else if (layer instanceof Layer.Band band) {
      return band(band);
    } else if (layer instanceof Layer.Level level) {
      return rule("M%s %sH%s", frame.left(), frame.heldY(level.y()), frame.right());
    } else if (layer instanceof Layer.Upright upright) {
      return rule("M%s %sV%s", frame.heldX(upright.x()), frame.top(), frame.bottom());
    }
    throw new IllegalStateException("no drawing for " + layer);
  }

  private Element line(Layer.Line line) {
    ClippedPath path = ClippedPath.of(frame, line.vertices());
    labels.occupy(path);
    Element group = new Element("g").set("class", "curve").set("data-series", line.series());
    if (!path.data().isEmpty()) {
      if (!line.tip().isEmpty()) {
        group.add(new Element("title").add(line.tip()));
      }
      group.add(
          Strokes.apply(
              new Element("path").set("d", path.data()),
              line.ink(),
              line.stroke(),
              1.7 * line.weight()));
    }
    return group;
  }

  private static Element rule(String pattern, double a, double b, double c) {
    String data = pattern.formatted(Coordinates.text(a), Coordinates.text(b), Coordinates.text(c));
    return Inked.stroke(new Element("path").set("d", data), Ink.MUTED)
        .set("stroke-width", 1)
        .set("stroke-dasharray", "2 3");
  }

  private Element band(Layer.Band band) {
    StringBuilder upper = new StringBuilder();
    StringBuilder lower = new StringBuilder();
    for (Layer.Slice slice : band.slices()) {
      if (!frame.xScale().shows(slice.x())) {
        continue;
      }
      String x = Coordinates.text(frame.heldX(slice.x()));
      double high = frame.yScale().shows(slice.high()) ? frame.heldY(slice.high()) : frame.top();
      double low = frame.yScale().shows(slice.low()) ? frame.heldY(slice.low()) : frame.bottom();
      String join = upper.isEmpty() ? "M" : "L";
      upper.append(join).append(x).append(' ').append(Coordinates.text(high));
      lower.insert(0, "L" + x + " " + Coordinates.text(low));
    }
    Element group = new Element("g").set("class", "band").set("data-series", band.series());
    if (!upper.isEmpty()) {
      group.add(
          Inked.fill(new Element("path").set("d", upper + lower.toString() + "z"), band.ink())
              .set("fill-opacity", String.valueOf(band.opacity())));
    }
    return group;
  }
}
