package dev.isoflop.operator.report.plot;

import dev.isoflop.operator.report.plot.Plot.Corner;
import java.util.List;
import java.util.Optional;

/** Draws plots as SVG. The same plot gives the same text. */
public final class PlotRenderer {

  private static final String FONT =
      "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Liberation Sans', Arial,"
          + " sans-serif";

  /** Rows of a legend that a drawing's usual height has room for. */
  private static final int FEW_ROWS = 3;

  /** Narrower frames that are tried for the labels of the x axis. */
  private static final int SETTLED = 8;

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
    double width = size.width() - 16;
    double top = 8 + legend.height(plot.legend(), width);
    // A legend of many rows makes the drawing taller, not its frame lower.
    int rows = Math.max(0, legend.rows(plot.legend(), width) - FEW_ROWS);
    double height = size.height() + rows * legend.lineHeight();
    NotePlacement note = new NotePlacement(plot.note(), font);
    Drawn drawn = draw(plot, frame(plot, top, height), height);
    Optional<Corner> corner = note.corner(drawn.frame(), drawn.labels());
    if (corner.isEmpty()) {
      drawn = draw(plot, frame(plot, top + note.height(), height), height);
    }
    Element svg = open(plot, id, height);
    svg.add(drawn.axes().grid());
    drawn.layers().forEach(svg::add);
    svg.add(drawn.axes().axes(plot.x(), plot.y()));
    if (!plot.note().lines().isEmpty()) {
      Frame frame = drawn.frame();
      if (corner.isPresent()) {
        drawn.labels().keepFree(note.box(frame, corner.get()));
      }
      svg.add(corner.map(it -> note.inside(frame, it)).orElseGet(() -> note.above(frame)));
    }
    for (CurveLabel label : plot.labels()) {
      drawn.labels().place(label).ifPresent(svg::add);
    }
    if (!plot.legend().items().isEmpty()) {
      svg.add(legend.draw(plot.legend(), 8, 4, width));
    }
    return svg.toString();
  }

  /** Content of a frame, and the room that it leaves. */
  private record Drawn(
      Frame frame, AxisDrawing axes, List<Element> layers, LabelPlacement labels) {}

  private Drawn draw(Plot plot, Frame frame, double height) {
    LabelPlacement labels = new LabelPlacement(frame, size.font() * 0.96);
    LayerDrawing drawing = new LayerDrawing(frame, size.font(), labels);
    return new Drawn(
        frame,
        new AxisDrawing(frame, size.font(), size.width(), height),
        plot.layers().stream().map(drawing::draw).toList(),
        labels);
  }

  private Element open(Plot plot, String id, double height) {
    Element svg =
        new Element("svg")
            .set("xmlns", "http://www.w3.org/2000/svg")
            .set("id", id)
            .set(
                "viewBox", "0 0 " + Coordinates.text(size.width()) + " " + Coordinates.text(height))
            .set("width", size.width())
            .set("height", height)
            .set("role", "img")
            .set("aria-labelledby", id + "-title " + id + "-description")
            .set("font-family", FONT);
    svg.add(new Element("title").set("id", id + "-title").add(plot.title()));
    svg.add(new Element("desc").set("id", id + "-description").add(plot.description()));
    return svg;
  }

  private Frame frame(Plot plot, double top, double height) {
    double font = size.font();
    double bottom = height - font * 3.6 - 6;
    int labels = AxisDrawing.labelsAlong(bottom - top, font);
    double widest = 0;
    for (Tick tick : plot.y().scale().ticks(labels)) {
      if (tick.label().isPresent()) {
        widest = Math.max(widest, TextSetter.width(tick.label().get(), font * 0.94));
      }
    }
    double left = font * 1.7 + widest + 14;
    double right = size.width() - 14;
    Frame frame = new Frame(left, top, right, bottom, plot.x().scale(), plot.y().scale());
    // The last label of the x axis needs its half; a narrower frame may have other labels.
    for (int i = 0; i < SETTLED; i++) {
      double overhang = new AxisDrawing(frame, font, size.width(), height).overhang();
      if (overhang <= 0) {
        return frame;
      }
      right -= overhang;
      frame = new Frame(left, top, right, bottom, plot.x().scale(), plot.y().scale());
    }
    return frame;
  }
}
