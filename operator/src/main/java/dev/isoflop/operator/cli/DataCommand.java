package dev.isoflop.operator.cli;

import picocli.CommandLine.Command;

/** Makes what the examples use: data sets, a feature extractor. */
@Command(
    name = "data",
    description = {"Make the data sets and the feature extractor that the examples use."},
    exitCodeList = {"0:made", "2:nothing was named, or it cannot be made"},
    footer = {"  isoflop data emoji", "  isoflop data features"})
final class DataCommand implements Runnable {
  @Override
  public void run() {
    throw new IsoflopCommand.NoCommandException();
  }
}
