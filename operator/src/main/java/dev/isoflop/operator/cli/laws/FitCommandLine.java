package dev.isoflop.operator.cli.laws;

import dev.isoflop.laws.options.LawOptions;
import dev.isoflop.operator.cli.shared.Paths;
import dev.isoflop.operator.report.input.ReportInput;
import dev.isoflop.operator.report.page.ReportWriter;
import dev.isoflop.operator.sweep.laws.FitOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The command that fits the table of a run as the run itself fits its laws. */
public final class FitCommandLine {
  private FitCommandLine() {}

  /**
   * The arguments: what differs from the defaults of the command. How the budgets count FLOPs, what
   * the loss is and which trials count stand in the table.
   *
   * @param input of the run's report
   * @param folder where its trials.csv lies
   */
  public static List<String> arguments(ReportInput input, Path folder) {
    LawOptions options =
        input
            .spec()
            .map(spec -> FitOptions.of(spec, input.software(), input.fitted()))
            .orElseThrow();
    LawOptions usual = LawOptions.defaults();
    List<String> arguments = new ArrayList<>();
    arguments.add("fit");
    arguments.add(Paths.shown(folder.resolve(ReportWriter.TRIALS)));
    arguments.add("--budget-tolerance");
    arguments.add(number(options.curves().budgetTolerance()));
    if (options.confidence() != usual.confidence()) {
      arguments.add("--confidence");
      arguments.add(number(options.confidence()));
    }
    if (options.bootstrap() != usual.bootstrap()) {
      arguments.add("--bootstrap");
      arguments.add(Integer.toString(options.bootstrap()));
    }
    if (options.holdOutLargest() > 0) {
      arguments.add("--hold-out");
      arguments.add(Integer.toString(options.holdOutLargest()));
    }
    if (!input.predict().isEmpty()) {
      arguments.add("--predict");
      arguments.add(
          input.predict().stream().map(FitCommandLine::number).collect(Collectors.joining(",")));
    }
    return arguments;
  }

  /** All digits, as short as they can be: {@code 0.95}, {@code 0}, {@code 1.5e21}. */
  private static String number(double value) {
    return Double.toString(value).replace(".0E", "e").replace('E', 'e').replaceFirst("\\.0$", "");
  }
}
