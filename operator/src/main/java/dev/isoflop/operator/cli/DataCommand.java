package dev.isoflop.operator.cli;

import picocli.CommandLine.Command;

/** Makes data sets that the examples use. */
@Command(
    name = "data",
    description = {"Make the data sets that the examples use."},
    footer = {"  isoflop data emoji"})
final class DataCommand implements Runnable {
  @Override
  public void run() {
    throw new IsoflopCommand.NoCommandException();
  }
}
