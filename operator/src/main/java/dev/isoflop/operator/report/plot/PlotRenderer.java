package dev.isoflop.operator.report.plot;

import dev.isoflop.operator.report.plot.Plot.Corner;
import java.util.List;

/** Draws plots as SVG. The same plot gives the same text. */
public final class PlotRenderer {

  private static final String FONT =
      "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Liberation Sans', Arial,"
          + " sans-serif";

  private final Plot.Size size;

  public PlotRenderer(Plot.Size size) {
    this.size = size;
  }

  /**
   * The drawing as an {@code svg} element.
   *
   * @param id unique in the page; its title and description get ids derived from it
   */
  public String render(Plot plot, String id) {
    double font = size.font();
    LegendDrawing legend = new LegendDrawing(font * 0.96);
    double top = 8 + legend.height(plot.legend(), size.width() - 16);
    Frame frame = frame(plot, top);
    Element svg =
        new Element("svg")
            .set("xmlns", "http://www.w3.org/2000/svg")
            .set("id", id)
            .set(
                "viewBox",
                "0 0 " + Coordinates.text(size.width()) + " " + Coordinates.text(size.height()))
            .set("width", size.width())
            .set("height", size.height())
            .set("role", "img")
            .set("aria-labelledby", id + "-title " + id + "-description")
            .set("font-family", FONT);
    svg.add(new Element("title").set("id", id + "-title").add(plot.title()));
    svg.add(new Element("desc").set("id", id + "-description").add(plot.description()));
    AxisDrawing axes = new AxisDrawing(frame, font);
    svg.add(axes.grid());
    LabelPlacement labels = new LabelPlacement(frame, font * 0.96);
    note(svg, plot.note(), frame, labels);
    LayerDrawing layers = new LayerDrawing(frame, font, labels);
    for (Layer layer : plot.layers()) {
      svg.add(layers.draw(layer));
    }
    svg.add(axes.axes(plot.x(), plot.y()));
    for (CurveLabel label : plot.labels()) {
      labels.place(label).ifPresent(svg::add);
    }
    if (!plot.legend().items().isEmpty()) {
      svg.add(legend.draw(plot.legend(), 8, 4, size.width() - 16));
    }
    return svg.toString();
  }

  private Frame frame(Plot plot, double top) {
    double font = size.font();
    double bottom = size.height() - font * 3.6 - 6;
    int labels = AxisDrawing.labelsAlong(bottom - top, font);
    double widest = 0;
    for (Tick tick : plot.y().scale().ticks(labels)) {
      if (tick.label().isPresent()) {
        widest = Math.max(widest, TextSetter.width(tick.label().get(), font * 0.94));
      }
    }
    double left = font * 1.7 + widest + 14;
    return new Frame(left, top, size.width() - 14, bottom, plot.x().scale(), plot.y().scale());
  }

  private void note(Element svg, Plot.Note note, Frame frame, LabelPlacement labels) {
    double font = size.font();
    double lineHeight = font * 1.5;
    List<RichText> lines = note.lines();
    for (int i = 0; i < lines.size(); i++) {
      boolean right = note.corner() == Corner.TOP_RIGHT;
      double x = right ? frame.right() - 8 : frame.left() + 10;
      double y =
          note.corner() == Corner.BOTTOM_LEFT
              ? frame.bottom() - 10 - (lines.size() - 1 - i) * lineHeight
              : frame.top() + font * 1.2 + i * lineHeight;
      Element text =
          TextSetter.set(
              lines.get(i), x, y, font * (i == 0 ? 1.05 : 0.94), right ? "end" : "start");
      svg.add(Inked.fill(text, i == 0 ? Ink.TEXT : Ink.MUTED));
      double width = TextSetter.width(lines.get(i), font);
      labels.occupy(new Box(right ? x - width : x, y - font, width, font));
    }
  }
}
