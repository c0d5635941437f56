package dev.isoflop.operator.cli;

import dev.isoflop.operator.local.DataChecker;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;

/** The commands of this release. */
public final class Commands {
  private Commands() {}

  /**
   * The program with all of them.
   *
   * @param workerJar the worker's program; empty if this program was not told where it is
   * @param operator runs the operator of a cluster
   */
  public static IsoflopCommandLine of(
      Surroundings surroundings, Optional<Path> workerJar, OperatorRunner operator) {
    return of(
        surroundings,
        new LocalSweepRunner(surroundings, workerJar),
        new WorkerDataChecker(workerJar),
        operator);
  }

  static IsoflopCommandLine of(
      Surroundings surroundings, SweepRunner runner, DataChecker checker, OperatorRunner operator) {
    DataLook look = new DataLook(checker, surroundings.processors());
    return new IsoflopCommandLine(
        surroundings,
        List.of(
            new RunCommand(surroundings, runner, look),
            new PlanCommand(surroundings, look),
            new FitCommand(surroundings),
            new PredictCommand(surroundings),
            new CompareCommand(surroundings),
            new ExportCommand(surroundings),
            new ReportCommand(surroundings),
            new RetryCommand(surroundings),
            new OperatorCommand(operator),
            new CommandLine(new NativeCommand(surroundings))
                .addSubcommand(new NativeCudaCommand(surroundings)),
            new CommandLine(new DataCommand())
                .addSubcommand(new CheckDataCommand(surroundings, checker))
                .addSubcommand(new EmojiCommand(surroundings))
                .addSubcommand(new FeaturesCommand(surroundings))));
  }
}
