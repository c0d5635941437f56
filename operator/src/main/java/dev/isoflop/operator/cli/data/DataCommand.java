package dev.isoflop.operator.cli.data;

import dev.isoflop.operator.cli.shared.IsoflopCommand;
import picocli.CommandLine.Command;

/** Checks data, and makes what the examples use: data sets, a feature extractor. */
@Command(
    name = "data",
    description = {
      "Check the data of a sweep; make the data sets and the feature extractor that the examples"
          + " use."
    },
    exitCodeList = {
      "0:checked or made",
      "1:some samples are broken, or a file is damaged",
      "2:nothing was named, or it cannot be checked or made"
    },
    footer = {"  isoflop data check sweep.yaml", "  isoflop data emoji", "  isoflop data features"})
public final class DataCommand implements Runnable {
  @Override
  public void run() {
    throw new IsoflopCommand.NoCommandException();
  }
}
