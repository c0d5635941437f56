package dev.isoflop.operator.report.plot;

/**
 * A colour of a drawing: on white paper as an attribute, elsewhere through its class.
 *
 * @param light on white, such as {@code #0d0887}
 * @param dark on a dark page
 * @param name the class, such as {@code ordered-3}
 */
public record Ink(String light, String dark, String name) {

  /** Ink of text, rules and fitted laws, which belong to no series. */
  public static final Ink TEXT = new Ink("#1f2328", "#e6e8eb", "ink-text");

  public static final Ink MUTED = new Ink("#59616b", "#a3abb5", "ink-muted");
  public static final Ink AXIS = new Ink("#4a525c", "#98a1ab", "ink-axis");
  public static final Ink GRID = new Ink("#e8eaed", "#2c3138", "ink-grid");

  /** The background that hollow markers are filled with. */
  public static final Ink PAPER = new Ink("#ffffff", "#15181c", "ink-paper");

  /** The same hue for letters: darker, or lighter on a dark page, until it can be read as text. */
  public Ink letters() {
    return new Ink(
        Contrast.readable(light, "#000000", PAPER.light),
        Contrast.readable(dark, "#ffffff", PAPER.dark),
        name + "-letters");
  }
}
