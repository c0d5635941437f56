package dev.isoflop.operator.cli.progress;

/** How much a terminal shows. */
public record ScreenSize(int columns, int rows) {
  /** What every terminal is assumed to show. */
  public static final ScreenSize USUAL = new ScreenSize(100, 24);
}
