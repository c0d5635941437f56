package dev.isoflop.operator.report.plot;

import java.util.List;

/** Layer of a plot between its axes, back to front. */
public sealed interface Layer {

  /** A place in the units of the axes. */
  record Vertex(double x, double y) {}

  /** Extent of a band at one x. */
  record Slice(double x, double low, double high) {}

  enum Stroke {
    SOLID,
    DASHED,
    DOTTED
  }

  /**
   * A curve; it is interrupted where a vertex cannot be shown, and cut at the axes.
   *
   * @param weight line width as a multiple of the usual
   * @param tip what a reader sees on pointing at it; empty for nothing
   */
  record Line(
      String series, Ink ink, Stroke stroke, double weight, List<Vertex> vertices, String tip)
      implements Layer {
    public Line(String series, Ink ink, Stroke stroke, double weight, List<Vertex> vertices) {
      this(series, ink, stroke, weight, vertices, "");
    }

    public Line {
      vertices = List.copyOf(vertices);
    }
  }

  /** The area between two curves. */
  record Band(String series, Ink ink, double opacity, List<Slice> slices) implements Layer {
    public Band {
      slices = List.copyOf(slices);
    }
  }

  /**
   * Markers. One beyond an axis is drawn on its edge as a triangle pointing outwards, so no mark
   * disappears; a mark that the scale cannot show at all is a mistake of the caller.
   *
   * @param size radius as a multiple of the usual
   */
  record Points(
      String series, Ink ink, Marker marker, boolean hollow, double size, List<Mark> marks)
      implements Layer {
    public Points {
      marks = List.copyOf(marks);
    }
  }

  /** A thin horizontal line over the whole width. */
  record Level(double y) implements Layer {}

  /** A thin vertical line over the whole height. */
  record Upright(double x) implements Layer {}
}
