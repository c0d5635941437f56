package dev.isoflop.operator.cli;

import picocli.CommandLine.Command;

/** Makes data sets that the examples use. */
@Command(
    name = "data",
    description = {"Make the data sets that the examples use."},
    exitCodeList = {"0:made", "2:no data set was named, or it cannot be made"},
    footer = {"  isoflop data emoji"})
final class DataCommand implements Runnable {
  @Override
  public void run() {
    throw new IsoflopCommand.NoCommandException();
  }
}
