package dev.isoflop.operator.report.figures;

import dev.isoflop.operator.report.plot.Plot;
import dev.isoflop.operator.report.plot.RichText;
import java.util.List;

/**
 * One plot of a figure, or why it is empty.
 *
 * @param choices the same data on different axes; the first is shown unless the reader chooses
 * @param large takes the page's width
 * @param absence why there is no plot; empty if there is one
 */
public record Panel(RichText heading, List<Choice> choices, boolean large, String absence) {

  /** One way to look at it; the label is empty if it is the only one. */
  public record Choice(String label, Plot plot) {}

  public Panel {
    choices = List.copyOf(choices);
  }

  static Panel small(RichText heading, Plot plot) {
    return new Panel(heading, List.of(new Choice("", plot)), false, "");
  }

  static Panel large(Plot plot) {
    return new Panel(RichText.EMPTY, List.of(new Choice("", plot)), true, "");
  }

  static Panel large(List<Choice> choices) {
    return new Panel(RichText.EMPTY, choices, true, "");
  }

  static Panel empty(RichText heading, String reason) {
    return new Panel(heading, List.of(), false, reason);
  }
}
