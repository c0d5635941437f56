package dev.isoflop.operator.report.plot;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Text with the little typography that formulas need, the same in a page, in a drawing and in plain
 * text. Immutable; each method returns a longer text.
 */
public record RichText(List<Run> runs) {

  /** A piece of text in one style. */
  public sealed interface Run {
    String text();
  }

  public record Upright(String text) implements Run {}

  public record Italic(String text) implements Run {}

  public record Superscript(String text) implements Run {}

  public record Subscript(String text) implements Run {}

  public static final RichText EMPTY = new RichText(List.of());

  public RichText {
    runs = List.copyOf(runs);
  }

  public static RichText of(String text) {
    return EMPTY.text(text);
  }

  public RichText text(String text) {
    return with(new Upright(text));
  }

  /** A variable, as formulas set it. */
  public RichText italic(String text) {
    return with(new Italic(text));
  }

  public RichText superscript(String text) {
    return with(new Superscript(text));
  }

  public RichText subscript(String text) {
    return with(new Subscript(text));
  }

  public RichText then(RichText further) {
    List<Run> all = new ArrayList<>(runs);
    all.addAll(further.runs);
    return new RichText(all);
  }

  private RichText with(Run run) {
    return then(new RichText(List.of(run)));
  }

  /** Plain text for titles, tooltips and files without styles: {@code 10^17}, {@code C^-0.03}. */
  public String plain() {
    return runs.stream()
        .map(
            run ->
                run instanceof Superscript
                    ? "^" + run.text()
                    : run instanceof Subscript ? "_" + run.text() : run.text())
        .collect(Collectors.joining());
  }

  /** Escaped HTML. */
  public String html() {
    StringBuilder out = new StringBuilder();
    for (Run run : runs) {
      String text = Markup.escape(run.text());
      if (run instanceof Italic) {
        out.append("<i>").append(text).append("</i>");
      } else if (run instanceof Superscript) {
        out.append("<sup>").append(text).append("</sup>");
      } else if (run instanceof Subscript) {
        out.append("<sub>").append(text).append("</sub>");
      } else {
        out.append(text);
      }
    }
    return out.toString();
  }
}
