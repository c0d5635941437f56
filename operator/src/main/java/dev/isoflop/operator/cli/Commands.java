package dev.isoflop.operator.cli;

import dev.isoflop.operator.cli.data.CheckDataCommand;
import dev.isoflop.operator.cli.data.DataCommand;
import dev.isoflop.operator.cli.data.EmojiCommand;
import dev.isoflop.operator.cli.data.FeaturesCommand;
import dev.isoflop.operator.cli.data.NativeCommand;
import dev.isoflop.operator.cli.data.NativeCudaCommand;
import dev.isoflop.operator.cli.data.WorkerDataChecker;
import dev.isoflop.operator.cli.laws.CompareCommand;
import dev.isoflop.operator.cli.laws.ExportCommand;
import dev.isoflop.operator.cli.laws.FitCommand;
import dev.isoflop.operator.cli.laws.PredictCommand;
import dev.isoflop.operator.cli.operator.OperatorCommand;
import dev.isoflop.operator.cli.operator.OperatorRunner;
import dev.isoflop.operator.cli.run.DataLook;
import dev.isoflop.operator.cli.run.LocalSweepRunner;
import dev.isoflop.operator.cli.run.PlanCommand;
import dev.isoflop.operator.cli.run.ReportCommand;
import dev.isoflop.operator.cli.run.RetryCommand;
import dev.isoflop.operator.cli.run.RunCommand;
import dev.isoflop.operator.cli.run.SweepRunner;
import dev.isoflop.operator.cli.shared.CliContext;
import dev.isoflop.operator.local.process.DataChecker;
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
      CliContext surroundings, Optional<Path> workerJar, OperatorRunner operator) {
    return of(
        surroundings,
        new LocalSweepRunner(surroundings, workerJar),
        new WorkerDataChecker(workerJar),
        operator);
  }

  static IsoflopCommandLine of(
      CliContext surroundings, SweepRunner runner, DataChecker checker, OperatorRunner operator) {
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
