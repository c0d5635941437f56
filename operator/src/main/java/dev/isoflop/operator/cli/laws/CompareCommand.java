package dev.isoflop.operator.cli.laws;

import dev.isoflop.laws.compare.ComparedSweep;
import dev.isoflop.laws.compare.Comparison;
import dev.isoflop.operator.cli.shared.CliContext;
import dev.isoflop.operator.cli.shared.CommandException;
import dev.isoflop.operator.cli.shared.Console;
import dev.isoflop.operator.cli.shared.ExitStatus;
import dev.isoflop.operator.cli.shared.Output;
import dev.isoflop.operator.cli.shared.Paths;
import dev.isoflop.operator.cli.shared.TableWidth;
import dev.isoflop.operator.report.input.ComparisonInput;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Holds the laws of several sweeps against each other. */
@Command(
    name = "compare",
    description = {
      "Compare the laws of two or more sweeps: differences of exponents, loss at equal compute,"
          + " compute for equal loss, and what the paper's rules say of them.",
      "",
      "A source is the folder of a run, its status.yaml, what 'isoflop fit --output json' printed,"
          + " or a table of trained models, which is then fitted. NAME=SOURCE gives it a name."
          + " Laws that were fitted from points have bands; of those read from a file the bands are"
          + " found again where its optima allow it. Options for tables hold for all tables.",
      "",
      "Exponents and losses depend on the budgets. Where the sweeps cover different ones, laws are"
          + " fitted again to the budgets that both cover, and judged by these; fewer than three"
          + " cannot tell.",
      "",
      "A verdict needs a difference beyond chance. With more than two sweeps its confidence is"
          + " raised, so that the chance of any wrong verdict by one rule on one law stays the"
          + " same; reading several metrics adds chances."
    },
    exitCodeList = {
      "0:compared, whatever the verdicts",
      "1:the sources have no law in common, or none yet",
      "2:a source cannot be used as given; the message says why"
    },
    footer = {
      "  isoflop compare runs/in-context runs/cross-attention",
      "  isoflop compare ours=points.csv theirs=laws.json --report compared.html",
      "  isoflop compare a.csv b.csv c.csv --robust --output json"
    })
public final class CompareCommand implements Callable<Integer> {
  private final CliContext surroundings;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "[NAME=]SOURCE",
      arity = "2..*",
      description = "What to compare; the first is what the others are compared with.")
  private final List<String> sources = new ArrayList<>();

  @Mixin private final PointChoices choices = new PointChoices();

  @Mixin private final PageFiles pages = new PageFiles();

  @Mixin private final TableWidth width = new TableWidth();

  @Mixin private final Output output = new Output();

  public CompareCommand(CliContext surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    CompareSources reader = new CompareSources(surroundings, choices);
    List<CompareSources.Source> read = reader.read(sources);
    List<ComparedSweep> sweeps = read.stream().map(CompareSources.Source::sweep).toList();
    Comparison comparison;
    try {
      comparison = Comparison.of(sweeps, choices.confidence());
    } catch (IllegalArgumentException e) {
      throw CommandException.badInput(List.of(String.valueOf(e.getMessage())), e);
    }
    Console out = surroundings.out();
    if (output.forPeople()) {
      out.print(new ComparisonText(comparison, width.layout(out)).lines());
    } else {
      out.print(output.document(ComparisonSheet.of(comparison)));
    }
    output.tellWritten(pages.write(input(comparison, read)), surroundings);
    return comparison.pairs().stream().allMatch(pair -> pair.exponents().isEmpty())
        ? ExitStatus.FAILED
        : ExitStatus.DONE;
  }

  private ComparisonInput input(Comparison comparison, List<CompareSources.Source> read) {
    return new ComparisonInput(
        comparison,
        read.stream().map(CompareSources.Source::sweep).toList(),
        read.stream().map(CompareSources.Source::origin).toList(),
        surroundings.clock().instant(),
        surroundings.release().software(),
        Paths.command(spec.root().commandLine().getParseResult().originalArgs()));
  }
}
