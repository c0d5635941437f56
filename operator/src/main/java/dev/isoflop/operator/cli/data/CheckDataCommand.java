package dev.isoflop.operator.cli.data;

import dev.isoflop.operator.cli.run.DataLook;
import dev.isoflop.operator.cli.run.ManifestPlan;
import dev.isoflop.operator.cli.shared.CliContext;
import dev.isoflop.operator.cli.shared.CommandException;
import dev.isoflop.operator.cli.shared.Console;
import dev.isoflop.operator.cli.shared.ExitStatus;
import dev.isoflop.operator.cli.shared.Output;
import dev.isoflop.operator.cli.shared.PositiveWhole;
import dev.isoflop.operator.local.process.DataChecker;
import dev.isoflop.operator.local.store.LocalFaultException;
import dev.isoflop.trial.DataCheckReport;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Reads all data of a sweep. */
@Command(
    name = "check",
    description = {
      "Read every sample of every data set of a manifest and list what is broken.",
      "",
      "What would stop each trial at the same sample is found before a sweep does. Samples are"
          + " decoded as workers decode them; files behind URLs are downloaded into the cache that"
          + " workers use."
    },
    exitCodeList = {
      "0:every sample can be used, or scheduling.failures.brokenSamples allows for those that"
          + " cannot",
      "1:some cannot, or a file is damaged; the list names file, entry and cause",
      "2:the manifest cannot be used, or a set cannot be opened at all",
      "75:something could not be read this time, such as a server that does not answer",
      "130:stopped by Ctrl-C"
    },
    footer = {
      "  isoflop data check sweep.yaml",
      "  isoflop data check sweep.yaml --output json > broken.json"
    })
public final class CheckDataCommand implements Callable<Integer> {
  private final CliContext surroundings;
  private final DataChecker checker;

  @Parameters(paramLabel = "MANIFEST", description = "YAML file with one ScalingSweep.")
  private Path manifest;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Files read at once. Default: the processors of this machine.",
      converter = PositiveWhole.class)
  private @Nullable Integer threads;

  @Mixin private final Output output = new Output();

  public CheckDataCommand(CliContext surroundings, DataChecker checker) {
    this.surroundings = surroundings;
    this.checker = checker;
  }

  @Override
  public Integer call() {
    ManifestPlan planned = ManifestPlan.of(manifest, surroundings.clock().instant());
    int readers = threads == null ? surroundings.processors() : threads;
    DataCheckReport report;
    CheckProgress progress = new CheckProgress(surroundings.err(), surroundings.clock());
    try {
      report =
          checker.check(
              DataLook.request(planned.manifest(), /* everySample= */ true, readers),
              progress::show);
    } catch (LocalFaultException e) {
      throw new CommandException(ExitStatus.FAILED, List.of(String.valueOf(e.getMessage())), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitStatus.STOPPED;
    } finally {
      progress.end();
    }
    Console out = surroundings.out();
    out.print(output.forPeople() ? CheckText.lines(report, out.layout()) : output.document(report));
    report
        .problems()
        .forEach(each -> surroundings.err().print("error: " + DataLook.told(manifest, each)));
    DataLook.hints(report.problems()).forEach(surroundings.err()::note);
    if (!report.problems().isEmpty()) {
      return DataLook.status(report.problems());
    }
    return report.isUsable() ? ExitStatus.DONE : ExitStatus.FAILED;
  }
}
