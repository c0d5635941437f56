package dev.isoflop.operator.cli.laws;

import dev.isoflop.api.v1alpha1.status.PredictionStatus;
import dev.isoflop.operator.cli.shared.CliContext;
import dev.isoflop.operator.cli.shared.CommandException;
import dev.isoflop.operator.cli.shared.Console;
import dev.isoflop.operator.cli.shared.ExitStatus;
import dev.isoflop.operator.cli.shared.Flops;
import dev.isoflop.operator.cli.shared.Output;
import dev.isoflop.operator.cli.shared.TableWidth;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks fitted laws about other budgets. */
@Command(
    name = "predict",
    description = {
      "Predict the compute-optimal model of a budget: N*, D*, samples and loss, with intervals.",
      "",
      "The intervals are where one further optimum would be measured, by Student's t over the"
          + " budgets. Beyond the fitted budgets they hold only if the law does; how far beyond is"
          + " always said."
    },
    exitCodeList = {
      "0:predicted",
      "1:there are no laws to predict with; the message says why",
      "2:the source cannot be used as given"
    },
    footer = {
      "  isoflop predict runs/quickstart --flops 1e12",
      "  isoflop predict laws.json --flops 1e20,1.5e21 --output json"
    })
public final class PredictCommand implements Callable<Integer> {
  private final CliContext surroundings;

  @Parameters(
      paramLabel = "SOURCE",
      description =
          "Folder of a run, its status.yaml, or a file with what 'isoflop fit --output json'"
              + " printed.")
  private Path source;

  @Option(
      names = "--flops",
      paramLabel = "FLOPS",
      required = true,
      split = ",",
      description = "Budgets to predict, such as 1.5e21.",
      converter = Flops.class)
  private final List<Double> flops = new ArrayList<>();

  @Mixin private final TableWidth width = new TableWidth();

  @Mixin private final Output output = new Output();

  public PredictCommand(CliContext surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    SheetFile file = SheetFile.given(source);
    SheetLaws laws = new SheetLaws(file.sheet(), file.confidence());
    if (!file.sheet().any()) {
      List<String> reasons = new ArrayList<>(laws.missing());
      reasons.add(
          0, source + ": has no laws to predict with; fix what refused them, and fit again");
      throw CommandException.failed(reasons);
    }
    Stream.concat(laws.missing().stream(), laws.notes().stream()).forEach(surroundings.err()::note);
    List<PredictionStatus> predictions = flops.stream().map(laws::predict).toList();
    Console out = surroundings.out();
    if (output.forPeople()) {
      LawSheet sheet = new LawSheet(null, List.of(), file.sheet().laws(), predictions);
      out.print(new LawSheetText(sheet, file.confidence(), width.layout(out)).predictions());
    } else {
      out.print(output.document(new Answers(file.confidence(), predictions)));
    }
    return ExitStatus.DONE;
  }

  /** Predictions for programs. */
  private record Answers(double confidence, List<PredictionStatus> predictions) {}
}
