package dev.isoflop.operator.cli.text;

/** How styles look. */
public enum Ink {
  /** Nothing but the text, for files, pipes and {@code NO_COLOR}. */
  PLAIN {
    @Override
    public String paint(Style style, String text) {
      return text;
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
      return code.isEmpty() || text.isEmpty() ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
    }
  };

  /** The text in a style; its visible length does not change. */
  public abstract String paint(Style style, String text);
}
