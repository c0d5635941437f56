package dev.isoflop.operator.cli.data;

import dev.isoflop.operator.cli.shared.CliContext;
import dev.isoflop.operator.cli.shared.CommandException;
import dev.isoflop.operator.cli.shared.Console;
import dev.isoflop.operator.cli.shared.ExitStatus;
import dev.isoflop.operator.cli.shared.Paths;
import dev.isoflop.operator.dataset.DatasetException;
import dev.isoflop.operator.dataset.NsfwjsFeatures;
import dev.isoflop.trial.BuiltInExtractor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Makes the built-in feature extractor. */
@Command(
    name = "features",
    description = {
      "Make the built-in feature extractor, for FrechetDistance and KernelDistance.",
      "",
      "It is Inception v3 up to layer mixed5 of the package nsfwjs, which npm fetches, held to a"
          + " pinned digest. It is not the network of the published FID; for FID and KID give that"
          + " network's TorchScript file in evaluation.featureExtractor."
    },
    exitCodeList = {"0:made, or there already", "2:it cannot be made; the message says why"},
    footer = {"  isoflop data features", "  isoflop data features --package nsfwjs-4.4.0.tgz"})
public final class FeaturesCommand implements Callable<Integer> {
  private final CliContext surroundings;

  @Option(
      names = "--file",
      paramLabel = "FILE",
      defaultValue = BuiltInExtractor.FILE,
      description = "File to make. Default: ${DEFAULT-VALUE}.")
  private Path file;

  @Option(
      names = "--cache",
      paramLabel = "FOLDER",
      defaultValue = "data/packages",
      description = "Keeps the fetched package. Default: ${DEFAULT-VALUE}.")
  private Path cache;

  @Option(
      names = "--package",
      paramLabel = "FILE",
      description = "The package fetched already, as npm pack names it.")
  private final List<Path> packages = new ArrayList<>();

  public FeaturesCommand(CliContext surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    try {
      NsfwjsFeatures.make(file, cache, packages, surroundings.err()::print);
      Console out = surroundings.out();
      out.print("%s: %d features".formatted(Paths.shown(file), BuiltInExtractor.FEATURES));
      out.print("sha256: " + BuiltInExtractor.SHA256);
      out.print(
          "source: %s %s, %s; %s"
              .formatted(
                  NsfwjsFeatures.PACKAGE.name(),
                  NsfwjsFeatures.PACKAGE.version(),
                  NsfwjsFeatures.PACKAGE.licence(),
                  NsfwjsFeatures.PACKAGE.attribution()));
      return ExitStatus.DONE;
    } catch (DatasetException e) {
      throw CommandException.badInput(List.of(String.valueOf(e.getMessage())), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitStatus.STOPPED;
    }
  }
}
