package dev.isoflop.operator.report.figures;

import dev.isoflop.operator.report.plot.RichText;
import java.util.List;

/**
 * A numbered figure.
 *
 * @param id names it in links
 * @param title what it shows, in a few words
 * @param caption what a reader needs to understand it, a paragraph each
 * @param notes what is not in the drawing, such as points beyond it
 */
public record Figure(
    String id, RichText title, List<RichText> caption, List<Panel> panels, List<RichText> notes) {

  public Figure {
    caption = List.copyOf(caption);
    panels = List.copyOf(panels);
    notes = List.copyOf(notes);
  }
}
