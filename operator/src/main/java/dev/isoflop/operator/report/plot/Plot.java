package dev.isoflop.operator.report.plot;

import java.util.List;

/**
 * One drawing.
 *
 * @param title for those who cannot see it, with the description
 * @param note lines written into a corner, such as a law's equation
 */
public record Plot(
    String title,
    String description,
    Axis x,
    Axis y,
    List<Layer> layers,
    Legend legend,
    List<CurveLabel> labels,
    Note note) {

  /**
   * Lines of text inside the frame.
   *
   * @param corner where they stand if nothing is drawn there
   */
  public record Note(Corner corner, List<RichText> lines) {
    public static final Note NONE = new Note(Corner.TOP_LEFT, List.of());

    public Note {
      lines = List.copyOf(lines);
    }
  }

  /** A corner of the frame. */
  public enum Corner {
    TOP_LEFT,
    TOP_RIGHT,
    BOTTOM_LEFT,
    BOTTOM_RIGHT;

    boolean atTop() {
      return this == TOP_LEFT || this == TOP_RIGHT;
    }

    boolean atRight() {
      return this == TOP_RIGHT || this == BOTTOM_RIGHT;
    }
  }

  /** Width and height of a drawing, and the size of its letters, in CSS pixels. */
  public record Size(double width, double height, double font) {
    public static final Size WIDE = new Size(1000, 560, 13.5);
    public static final Size NARROW = new Size(400, 440, 12.5);
    public static final Size PANEL = new Size(380, 320, 12);
  }

  public Plot {
    layers = List.copyOf(layers);
    labels = List.copyOf(labels);
  }
}
