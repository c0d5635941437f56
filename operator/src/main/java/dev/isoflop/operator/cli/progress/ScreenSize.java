package dev.isoflop.operator.cli.progress;

/** Size of a terminal. */
public record ScreenSize(int columns, int rows) {
  /** Size assumed of a terminal that does not tell. */
  public static final ScreenSize USUAL = new ScreenSize(100, 24);
}
