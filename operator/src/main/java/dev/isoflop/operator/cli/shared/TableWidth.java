package dev.isoflop.operator.cli.shared;

import dev.isoflop.operator.cli.text.Layout;
import picocli.CommandLine.Option;

/** The option of commands that print tables. */
public final class TableWidth {
  @Option(
      names = "--wide",
      description =
          "Tables as wide as they are. Default: as wide as the terminal, or COLUMNS if that is set,"
              + " with less important columns left out; files and pipes get all of them.")
  private boolean wide;

  public Layout layout(Console console) {
    return wide ? Layout.unbounded(console.ink()) : console.layout();
  }
}
