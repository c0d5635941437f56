package dev.isoflop.operator.cli;

import dev.isoflop.model.FlopConvention;
import dev.isoflop.operator.cli.laws.LawSheet;
import dev.isoflop.operator.cli.laws.LawSheetMaker;
import dev.isoflop.operator.cli.laws.LawSheetText;
import dev.isoflop.operator.cli.points.ColumnNames;
import dev.isoflop.operator.cli.points.InvalidTableException;
import dev.isoflop.operator.cli.points.PointTable;
import dev.isoflop.operator.cli.points.PointTableReader;
import dev.isoflop.operator.cli.points.Quantity;
import dev.isoflop.operator.cli.text.Figures;
import dev.isoflop.operator.cli.text.Paragraph;
import dev.isoflop.operator.laws.LawFitter;
import dev.isoflop.operator.laws.LawOptions;
import dev.isoflop.operator.laws.Laws;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Fits laws to models that were trained anywhere. */
@Command(
    name = "fit",
    description = {
      "Fit scaling laws to a CSV file with one row for each trained model.",
      "",
      "Columns: parameters (N), tokens (D), loss, and budget (C in FLOPs; without it 6ND is used)."
          + " Optional: samples, trial, outcome. Further columns of numbers are metrics, and each"
          + " gets a law of its own. Numbers are plain: 4090000, not 4.09M.",
      "",
      "Rows of one budget form an isoFLOP curve. A parabola in log N gives its optimum, and lines"
          + " through the optima on logarithms give N*(C), D*(C) and loss(C), with intervals by"
          + " Student's t (budgets scatter) and by bootstrap (trials scatter)."
    },
    exitCodeList = {
      "0:the laws of N*, D* and loss were fitted",
      "1:at least one of them could not be; the findings say why",
      "2:the table cannot be used; each message names a line, its value and what to change"
    },
    footer = {
      "  isoflop fit points.csv",
      "  isoflop fit points.csv --column budget=compute --column parameters=N --predict 1.5e21",
      "  isoflop fit runs/quickstart/trials.csv --output json > laws.json"
    })
final class FitCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "CSV", description = "The table; its first line names the columns.")
  private Path table;

  @Option(
      names = "--column",
      paramLabel = "QUANTITY=NAME",
      description =
          "The column that holds the ${COMPLETION-CANDIDATES}, if it is called otherwise.")
  private final Map<Quantity, String> columns = new LinkedHashMap<>();

  @Option(
      names = "--metric",
      paramLabel = "NAME",
      description = "A column to take as a metric; if given, no others are.")
  private final List<String> metrics = new ArrayList<>();

  @Option(
      names = "--delimiter",
      paramLabel = "CHAR",
      description = "What separates the columns. Default: a comma.")
  private char delimiter = ',';

  @Option(
      names = "--convention",
      paramLabel = "NAME",
      description = "How the budgets count FLOPs: ${COMPLETION-CANDIDATES}. Recorded, not used.")
  private @Nullable FlopConvention convention;

  @Option(
      names = "--budget-tolerance",
      paramLabel = "SHARE",
      description = "Rows whose budgets differ by no more form one curve. Default: 0.1.")
  private double budgetTolerance = 0.1;

  @Option(
      names = "--confidence",
      paramLabel = "SHARE",
      description = "Confidence of all intervals. Default: 0.95.")
  private double confidence = 0.95;

  @Option(
      names = "--bootstrap",
      paramLabel = "N",
      description = "Resamples; 0 leaves the bootstrap out. Default: 1000.")
  private int bootstrap = 1000;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of the resampling; equal seeds give equal intervals. Default: 0.")
  private long seed;

  @Option(
      names = "--predict",
      paramLabel = "FLOPS",
      split = ",",
      description = "Budgets to predict, such as 1.5e21.",
      converter = Flops.class)
  private final List<Double> predict = new ArrayList<>();

  @Option(names = "--output", paramLabel = "FORMAT", description = OutputFormat.DESCRIPTION)
  private OutputFormat output = OutputFormat.table;

  FitCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    LawOptions chosen = chosen();
    PointTable points = points();
    LawOptions lawOptions =
        chosen.withConvention(convention == null ? points.convention() : convention.name());
    Laws laws = new LawFitter(surroundings.processors()).fit(points.points(), lawOptions);
    LawSheet sheet = LawSheetMaker.sheet(laws, lawOptions, predict);
    Console out = surroundings.out();
    if (output.forPeople()) {
      out.print(heading(points, laws));
      out.print("");
      out.print(new LawSheetText(sheet, confidence, out.ink()).lines());
    } else {
      out.print(output.document(sheet));
    }
    return sheet.complete() ? ExitStatus.DONE : ExitStatus.FAILED;
  }

  private LawOptions chosen() {
    try {
      return LawOptions.defaults()
          .withConfidence(confidence)
          .withBootstrap(bootstrap)
          .withSeed(seed)
          .withBudgetTolerance(budgetTolerance)
          .withSoftware(surroundings.release().software());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private PointTable points() {
    ColumnNames names = new ColumnNames(columns, metrics);
    PointTable points;
    try {
      points = new PointTableReader(names, delimiter).read(table);
    } catch (InvalidTableException e) {
      throw CommandException.badInput(e.problems(), e);
    }
    boolean stated = convention != null || !points.convention().equals(PointTable.UNSTATED);
    List<String> notes = new ArrayList<>(points.notes());
    if (!stated) {
      notes.add(
          "budgets are not 6 x parameters x tokens; say how they were counted with --convention");
    }
    notes.forEach(note -> surroundings.err().print(Paragraph.lines("note: ", note)));
    return points;
  }

  private String heading(PointTable points, Laws laws) {
    return "%s: %s at %s"
        .formatted(
            table,
            Figures.several(points.points().size(), "model"),
            Figures.several(laws.curves().size(), "budget"));
  }
}
