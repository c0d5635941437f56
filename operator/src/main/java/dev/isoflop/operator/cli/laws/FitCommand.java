package dev.isoflop.operator.cli.laws;

import dev.isoflop.laws.text.NumberFormat;
import dev.isoflop.operator.cli.shared.CliContext;
import dev.isoflop.operator.cli.shared.Console;
import dev.isoflop.operator.cli.shared.ExitStatus;
import dev.isoflop.operator.cli.shared.Flops;
import dev.isoflop.operator.cli.shared.GivenFile;
import dev.isoflop.operator.cli.shared.Output;
import dev.isoflop.operator.cli.shared.Paths;
import dev.isoflop.operator.cli.shared.TableWidth;
import dev.isoflop.operator.report.input.ReportInput;
import dev.isoflop.operator.report.input.ReportTrial;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Fits laws to models that were trained anywhere. */
@Command(
    name = "fit",
    description = {
      "Fit scaling laws to a table with one row for each trained model: CSV with any usual"
          + " delimiter, or JSON, an array of objects.",
      "",
      "Columns: budget (C in FLOPs), parameters (N), tokens (D), loss. One of C, N and D may be"
          + " missing and then follows from C = 6ND. Optional: samples, trial, outcome. Well-known"
          + " other names are recognised (N, n_params, D, flops, compute_budget, val_loss...), and"
          + " said so. Further columns of numbers are metrics, and each gets a law of its own;"
          + " FID@coco-2014 is FID on the evaluation set coco-2014, and X_standard_error the"
          + " error of X. Numbers are plain: 4090000, not 4.09M.",
      "",
      "Rows of one budget form an isoFLOP curve. A parabola in log N gives its optimum, and lines"
          + " through the optima on logarithms give N*(C), D*(C) and loss(C), with intervals by"
          + " Student's t (budgets scatter) and by bootstrap (trials scatter). docs/laws.md"
          + " explains each method and its limits."
    },
    exitCodeList = {
      "0:the laws of N*, D* and loss were fitted",
      "1:at least one of them could not be; the findings say why",
      "2:the table cannot be used; each message names a line, its value and what to change"
    },
    footer = {
      "  isoflop fit points.csv",
      "  isoflop fit points.csv --report fit.html --export laws.tex --export laws.py",
      "  isoflop fit runs.json --column loss=final_loss --unit tokens=1e9 --predict 1.5e21",
      "  isoflop fit points.csv --hold-out 1 --robust",
      "  zcat runs.csv.gz | isoflop fit -",
      "  isoflop fit runs/quickstart/trials.csv --output json > laws.json"
    })
public final class FitCommand implements Callable<Integer> {
  private static final String STANDARD_INPUT = "standard input";

  private final CliContext surroundings;

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "TABLE",
      description = "The table; its first line names the columns. - is standard input.")
  private Path table;

  @Mixin private final PointChoices choices = new PointChoices();

  @Option(
      names = "--predict",
      paramLabel = "FLOPS",
      split = ",",
      description = "Budgets to predict, such as 1.5e21.",
      converter = Flops.class)
  private final List<Double> predict = new ArrayList<>();

  @Mixin private final PageFiles pages = new PageFiles();

  @Option(
      names = "--export",
      paramLabel = "FILE",
      description =
          "Write the laws to a file; its ending says how: .json, .yaml, .tex (LaTeX) or .py"
              + " (Python). May be given several times.")
  private final List<Path> exports = new ArrayList<>();

  @Mixin private final TableWidth width = new TableWidth();

  @Mixin private final Output output = new Output();

  public FitCommand(CliContext surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    List<LawExport> wanted = exports.stream().map(LawExport::to).toList();
    GivenFile.refuse(
        table,
        "give a table of trained models",
        GivenFile.Kind.MANIFEST,
        GivenFile.Kind.STATUS,
        GivenFile.Kind.RUN,
        GivenFile.Kind.LAWS);
    PointChoices.Fitted fitted = choices.fit(table, surroundings);
    LawSheet sheet = LawSheet.of(fitted.laws(), fitted.options(), predict);
    Console out = surroundings.out();
    if (output.forPeople()) {
      out.print(heading(fitted, sheet));
      out.print("");
      out.print(new LawSheetText(sheet, choices.confidence(), width.layout(out)).lines());
    } else {
      out.print(output.document(sheet));
    }
    List<Path> written = new ArrayList<>();
    wanted.forEach(export -> written.add(export.write(sheet, choices.confidence())));
    written.addAll(pages.write(page(fitted)));
    output.tellWritten(written, surroundings);
    return sheet.complete() ? ExitStatus.DONE : ExitStatus.FAILED;
  }

  private ReportInput page(PointChoices.Fitted fitted) {
    String command = Paths.command(spec.root().commandLine().getParseResult().originalArgs());
    return new ReportInput(
        standardInput() ? STANDARD_INPUT : String.valueOf(table.getFileName()),
        Optional.empty(),
        Optional.empty(),
        Optional.of(fitted.laws()),
        fitted.table().lossSeries(),
        fitted.options().confidence(),
        predict,
        fitted.table().points().stream().map(ReportTrial::of).toList(),
        List.of(),
        surroundings.clock().instant(),
        surroundings.release().software(),
        standardInput() ? command + "  # the same table on standard input" : command);
  }

  private boolean standardInput() {
    return table.toString().equals("-");
  }

  private String heading(PointChoices.Fitted fitted, LawSheet sheet) {
    int models = fitted.laws().allCurves().stream().mapToInt(curve -> curve.points().size()).sum();
    int copies = fitted.table().points().size() - models;
    return "%s: %s at %s%s"
        .formatted(
            standardInput() ? STANDARD_INPUT : table,
            NumberFormat.several(models, "model"),
            NumberFormat.several(sheet.budgets().size(), "budget"),
            copies > 0
                ? ", and %s that repeat others".formatted(NumberFormat.several(copies, "row"))
                : "");
  }
}
