package dev.isoflop.operator.cli.laws;

import dev.isoflop.laws.fit.LawFitter;
import dev.isoflop.laws.fit.Laws;
import dev.isoflop.laws.options.BootstrapScheme;
import dev.isoflop.laws.options.LawOptions;
import dev.isoflop.laws.options.LawWeighting;
import dev.isoflop.laws.options.LossScale;
import dev.isoflop.laws.options.OffsetChoice;
import dev.isoflop.laws.options.OutlierTreatment;
import dev.isoflop.laws.options.SurfaceObjective;
import dev.isoflop.laws.text.NumberFormat;
import dev.isoflop.model.FlopConvention;
import dev.isoflop.operator.cli.points.ColumnNames;
import dev.isoflop.operator.cli.points.InvalidTableException;
import dev.isoflop.operator.cli.points.PointTable;
import dev.isoflop.operator.cli.points.PointTableReader;
import dev.isoflop.operator.cli.points.Quantity;
import dev.isoflop.operator.cli.shared.CliContext;
import dev.isoflop.operator.cli.shared.CommandException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command that fits laws to a table: how to read it, and how to fit. */
final class PointChoices {

  /** Objective of the surface fit, as users write it. */
  enum Surface {
    huber,
    leastSquares {
      @Override
      public String toString() {
        return "least-squares";
      }
    }
  }

  /** Units that the bootstrap resamples, as users write them. */
  enum Resampling {
    deviations,
    trials,
    budgets
  }

  /** Scale of the loss that parabolas are fitted to, as users write it. */
  enum Scale {
    linear,
    log
  }

  /** Weighting of the optima, as users write it. */
  enum Weighting {
    equal,
    precision
  }

  @Option(
      names = "--column",
      paramLabel = "QUANTITY=NAME",
      description =
          "The column that holds the ${COMPLETION-CANDIDATES}, if it is called otherwise.")
  private final Map<Quantity, String> columns = new LinkedHashMap<>();

  @Option(
      names = "--unit",
      paramLabel = "QUANTITY=FACTOR",
      description = "What one in a column stands for, such as tokens=1e9 for billions.")
  private final Map<Quantity, Double> units = new LinkedHashMap<>();

  @Option(
      names = "--metric",
      paramLabel = "NAME",
      description = "A column to take as a metric; if given, no others are.")
  private final List<String> metrics = new ArrayList<>();

  @Option(
      names = "--delimiter",
      paramLabel = "CHAR",
      description =
          "What separates the columns. Default: what the header has most of, of , ; | tab.")
  private @Nullable Character delimiter;

  @Option(
      names = "--convention",
      paramLabel = "NAME",
      description = "How the budgets count FLOPs: ${COMPLETION-CANDIDATES}. Recorded, not used.")
  private @Nullable FlopConvention convention;

  @Option(
      names = "--budget-tolerance",
      paramLabel = "SHARE",
      description =
          "Rows whose budgets lie within this share of a common one form one curve; at 0.1, the"
              + " default, its largest budget may be 1.22 times its smallest. Budgets that three"
              + " sizes or more share exactly always stay apart.")
  private double budgetTolerance = 0.1;

  @Option(
      names = "--loss-scale",
      paramLabel = "SCALE",
      description = "What parabolas describe: the loss (linear, default) or its logarithm (log).")
  private Scale lossScale = Scale.linear;

  @Option(
      names = "--robust",
      description = "Let rows far from their curve count less, or not at all (Tukey's bisquare).")
  private boolean robust;

  @Option(
      names = "--weighting",
      paramLabel = "BY",
      description =
          "How optima count in a law: equal (default), or precision, by the inverse of the"
              + " variance that their curve gives them.")
  private Weighting weighting = Weighting.equal;

  @Option(
      names = "--no-offset",
      description = "Pure power laws only; otherwise AICc decides whether a loss levels off.")
  private boolean noOffset;

  @Option(
      names = "--surface",
      paramLabel = "OBJECTIVE",
      description =
          "What the surface L(N, D) minimises: huber, of log loss with delta 1e-3 (default), or"
              + " least-squares, of the loss.")
  private Surface surface = Surface.huber;

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
      names = "--resample",
      paramLabel = "WHAT",
      description =
          "What the bootstrap resamples within budgets: deviations from the curve (default),"
              + " whole trials, or trials and then budgets.")
  private Resampling resampling = Resampling.deviations;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of the resampling; equal seeds give equal intervals. Default: 0.")
  private long seed;

  @Option(
      names = "--hold-out",
      paramLabel = "N",
      description = "Keep the N largest budgets from the laws, and predict them. Default: 0.")
  private int holdOut;

  /**
   * A table and its laws.
   *
   * @param options with which these were fitted
   */
  record Fitted(PointTable table, LawOptions options, Laws laws) {}

  double confidence() {
    return confidence;
  }

  /** Reads and fits a table; tells what was assumed. */
  Fitted fit(Path table, CliContext surroundings) {
    return fit(table, surroundings, surroundings.err()::note);
  }

  /** The same with what was assumed told to another. */
  Fitted fit(Path table, CliContext surroundings, Consumer<String> notice) {
    units();
    if (holdOut < 0) {
      throw CommandException.badInput(
          "--hold-out %d: is not a number of budgets; give 0, or how many of the largest to hold out"
              .formatted(holdOut));
    }
    LawOptions chosen = options(surroundings).withHoldOutLargest(holdOut);
    PointTable points = points(table, notice);
    LawOptions options =
        chosen.withConvention(convention == null ? points.convention() : convention.name());
    LawOptions referred =
        points.referenceDataset().map(options::withReferenceDataset).orElse(options);
    Laws laws = new LawFitter(surroundings.processors()).fit(points.points(), referred);
    if (laws.curves().isEmpty()) {
      throw CommandException.badInput(
          "--hold-out %d: the table has %s, which leaves none to fit; hold out fewer"
              .formatted(holdOut, NumberFormat.several(laws.heldOutCurves().size(), "budget")));
    }
    return new Fitted(points, referred, laws);
  }

  /** Factors of counts, which a unit can make plain. */
  private void units() {
    List<String> problems = new ArrayList<>();
    units.forEach(
        (quantity, factor) -> {
          String given = "--unit " + quantity + "=" + factor;
          if (!quantity.hasUnit()) {
            problems.add(
                given + ": only budget, parameters, tokens and samples have units; leave it out");
          } else if (!(factor > 0 && Double.isFinite(factor))) {
            problems.add(
                given
                    + ": is not a unit; give the positive number that one in the column stands for,"
                    + " such as 1e9 for billions");
          }
        });
    if (!problems.isEmpty()) {
      throw CommandException.badInput(problems);
    }
  }

  private LawOptions options(CliContext surroundings) {
    try {
      return LawOptions.defaults()
          .withConfidence(confidence)
          .withBootstrap(bootstrap)
          .withScheme(
              switch (resampling) {
                case deviations -> BootstrapScheme.DEVIATIONS;
                case trials -> BootstrapScheme.TRIALS;
                case budgets -> BootstrapScheme.TRIALS_AND_BUDGETS;
              })
          .withSeed(seed)
          .withBudgetTolerance(budgetTolerance)
          .withLossScale(
              switch (lossScale) {
                case linear -> LossScale.LINEAR;
                case log -> LossScale.LOGARITHMIC;
              })
          .withOutliers(robust ? OutlierTreatment.DOWNWEIGHT : OutlierTreatment.REPORT)
          .withWeighting(
              switch (weighting) {
                case equal -> LawWeighting.EQUAL;
                case precision -> LawWeighting.PRECISION;
              })
          .withOffsets(noOffset ? OffsetChoice.NEVER : OffsetChoice.BY_AICC)
          .withSurface(
              switch (surface) {
                case huber -> SurfaceObjective.CHINCHILLA;
                case leastSquares -> new SurfaceObjective.LeastSquares();
              })
          .withSoftware(surroundings.release().software());
    } catch (IllegalArgumentException e) {
      throw CommandException.badInput(List.of(String.valueOf(e.getMessage())), e);
    }
  }

  private PointTable points(Path table, Consumer<String> notice) {
    PointTable points;
    try {
      points =
          new PointTableReader(
                  new ColumnNames(columns, units, metrics), Optional.ofNullable(delimiter))
              .read(table);
    } catch (InvalidTableException e) {
      throw CommandException.badInput(e.problems(), e);
    }
    List<String> notes = new ArrayList<>(points.notes());
    if (convention == null && points.convention().equals(PointTable.UNSTATED)) {
      notes.add(
          "budgets are not 6 x parameters x tokens; say how they were counted with --convention");
    }
    notes.forEach(notice);
    return points;
  }
}
