package dev.isoflop.operator.cli.text;

import dev.isoflop.text.ShownText;

/** Rendering of styles: in colour or plain. */
public enum Ink {
  /** Nothing but the text, for files, pipes and {@code NO_COLOR}. */
  PLAIN {
    @Override
    public String paint(Style style, String text) {
      return TerminalText.of(text);
    }

    @Override
    public String printed(String lines) {
      return ShownText.lines(lines);
    }
  },
  /** Colours of ANSI terminals. */
  COLOUR {
    @Override
    public String paint(Style style, String text) {
      String code =
          switch (style) {
            case PLAIN -> "";
            case HEADING -> "1";
            case FAINT -> "2";
            case GOOD -> "32";
            case WARNING -> "33";
            case BAD -> "31";
          };
      String shown = TerminalText.of(text);
      return code.isEmpty() || text.isEmpty()
          ? shown
          : "\u001b[" + code + "m" + shown + "\u001b[0m";
    }

    @Override
    public String printed(String lines) {
      return TerminalText.painted(lines);
    }
  };

  /** The text in a style; its visible length does not change, unless it held what steers. */
  public abstract String paint(Style style, String text);

  /** Lines as they may be printed: nothing steers but what {@link #paint} put in. */
  public abstract String printed(String lines);
}
