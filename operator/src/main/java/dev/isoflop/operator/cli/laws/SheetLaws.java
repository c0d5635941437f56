package dev.isoflop.operator.cli.laws;

import dev.isoflop.api.v1alpha1.status.BudgetStatus;
import dev.isoflop.api.v1alpha1.status.LawIntervalStatus;
import dev.isoflop.api.v1alpha1.status.LawStatus;
import dev.isoflop.api.v1alpha1.status.OptimumStatus;
import dev.isoflop.api.v1alpha1.status.PredictionStatus;
import dev.isoflop.laws.compare.ComparedLaw;
import dev.isoflop.laws.compare.ComparedSweep;
import dev.isoflop.laws.data.MetricSeries;
import dev.isoflop.laws.fit.Prediction;
import dev.isoflop.laws.options.LawOptions;
import dev.isoflop.laws.options.OffsetChoice;
import dev.isoflop.laws.powerlaw.LawPoint;
import dev.isoflop.laws.powerlaw.LawPrediction;
import dev.isoflop.laws.powerlaw.OptimumLaw;
import dev.isoflop.laws.powerlaw.PowerLaw;
import dev.isoflop.laws.stats.Interval;
import dev.isoflop.operator.cli.points.PointTable;
import dev.isoflop.operator.sweep.status.PredictionMapping;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Laws of a sheet that can be asked about other budgets. A sheet holds the laws' numbers and the
 * optima they were fitted to; fitting these again gives the bands, provided that it gives the same
 * numbers.
 */
public final class SheetLaws {
  private static final double SAME = 1e-6;

  /** Optima that a law needs. */
  private static final int FEWEST = 3;

  private final LawSheet sheet;
  private final LawEntries laws;
  private final LawOptions options;
  private final List<String> notes = new ArrayList<>();
  private final Optional<PowerLaw> parameters;
  private final Optional<PowerLaw> tokens;
  private final Optional<PowerLaw> loss;

  /**
   * The laws of a sheet that has some.
   *
   * @param confidence of the bands
   */
  public SheetLaws(LawSheet sheet, double confidence) {
    this.sheet = sheet;
    this.laws = Objects.requireNonNull(sheet.laws(), "a sheet with laws");
    this.options =
        LawOptions.defaults()
            .withConfidence(confidence)
            .withBootstrap(0)
            .withOffsets(offsets(sheet.fit()));
    this.parameters = law("N*", laws.parameters(), OptimumStatus::parameters, false);
    this.tokens = law("D*", laws.tokens(), OptimumStatus::tokens, false);
    this.loss = law("loss", laws.loss(), OptimumStatus::loss, true);
  }

  private static OffsetChoice offsets(@Nullable FitSetting fit) {
    return fit != null && FitSetting.word(OffsetChoice.NEVER).equals(fit.offsets())
        ? OffsetChoice.NEVER
        : OffsetChoice.BY_AICC;
  }

  /** Why laws are missing, one reason for each; empty where all three are there. */
  public List<String> missing() {
    List<String> reasons = new ArrayList<>();
    missing("N*", laws.parameters(), reasons);
    missing("D*", laws.tokens(), reasons);
    missing("loss", laws.loss(), reasons);
    return reasons;
  }

  /** A law that was refused is explained by the finding that starts with its name. */
  private void missing(String name, @Nullable LawStatus law, List<String> reasons) {
    if (law == null) {
      String start = name + "(C): ";
      reasons.add(
          laws.findings().stream()
              .filter(finding -> finding.startsWith(start))
              .findFirst()
              .orElse(start + "the file has no such law, and does not say why"));
    }
  }

  /** What a reader should know of the predictions. */
  public List<String> notes() {
    return List.copyOf(notes);
  }

  /**
   * The laws for a comparison: with their bands where these could be found again, by their numbers
   * otherwise.
   */
  public ComparedSweep compared(String name) {
    SortedMap<MetricSeries, ComparedLaw> metrics = new TreeMap<>();
    for (MetricLawEntry metric : laws.metrics()) {
      metrics.put(new MetricSeries(metric.metric(), metric.dataset()), printed(metric.law()));
    }
    return new ComparedSweep(
        name,
        Optional.of(laws.provenance().convention())
            .filter(convention -> !convention.equals(PointTable.UNSTATED)),
        compared(parameters, laws.parameters()),
        compared(tokens, laws.tokens()),
        compared(loss, laws.loss()),
        metrics);
  }

  private Optional<ComparedLaw> compared(Optional<PowerLaw> fitted, @Nullable LawStatus stored) {
    return stored == null
        ? Optional.empty()
        : Optional.of(
            fitted.<ComparedLaw>map(ComparedLaw.Fitted::new).orElseGet(() -> printed(stored)));
  }

  private ComparedLaw printed(LawStatus law) {
    LawIntervalStatus student = law.studentInterval();
    Double offset = law.offset();
    return new ComparedLaw.Printed(
        law.coefficient(),
        law.exponent(),
        offset == null ? OptionalDouble.empty() : OptionalDouble.of(offset),
        budgets(law),
        Optional.ofNullable(student)
            .map(it -> new Interval(it.exponent().lower(), it.exponent().upper())),
        options.confidence(),
        OptionalInt.of(law.points()));
  }

  /** What the laws say of a budget. */
  public PredictionStatus predict(double flops) {
    Optional<LawPrediction> size = foresee(parameters, flops);
    Optional<LawPrediction> data = foresee(tokens, flops);
    Optional<LawPrediction> reached = foresee(loss, flops);
    double factor = factor(flops);
    PredictionStatus banded =
        PredictionMapping.of(
            new Prediction(
                flops, size, data, OptionalDouble.empty(), reached, new TreeMap<>(), factor),
            null);
    Double d = value(laws.tokens(), flops);
    OptionalDouble tokensPerSample = tokensPerSample();
    return new PredictionStatus(
        flops,
        value(laws.parameters(), flops),
        d,
        d == null || tokensPerSample.isEmpty() ? null : d / tokensPerSample.getAsDouble(),
        value(laws.loss(), flops),
        banded.interval(),
        banded.parametersInterval(),
        banded.tokensInterval(),
        null,
        null,
        factor);
  }

  private static Optional<LawPrediction> foresee(Optional<PowerLaw> law, double flops) {
    return law.filter(found -> found.reaches(flops)).map(found -> found.predict(flops));
  }

  /** Empty also where the value is beyond what a number holds. */
  private static @Nullable Double value(@Nullable LawStatus law, double flops) {
    if (law == null) {
      return null;
    }
    Double offset = law.offset();
    double power = law.coefficient() * StrictMath.pow(flops, law.exponent());
    double value = (offset == null ? 0 : offset) + power;
    return value > 0 && Double.isFinite(value) ? value : null;
  }

  /**
   * All optima, or all but those of the largest budgets where these were held out, must give the
   * law again.
   */
  private Optional<PowerLaw> law(
      String quantity,
      @Nullable LawStatus stored,
      ToDoubleFunction<OptimumStatus> value,
      boolean mayLevelOff) {
    if (stored == null) {
      return Optional.empty();
    }
    List<LawPoint> points = new ArrayList<>();
    for (BudgetStatus curve : sheet.budgets()) {
      OptimumStatus optimum = curve.optimum();
      if (optimum != null) {
        points.add(new LawPoint(curve.flops(), value.applyAsDouble(optimum)));
      }
    }
    for (int used = points.size(); used >= FEWEST; used--) {
      Optional<PowerLaw> fitted =
          OptimumLaw.fit(quantity, points.subList(0, used), mayLevelOff, options)
              .value()
              .filter(law -> same(law, stored));
      if (fitted.isPresent()) {
        return fitted;
      }
    }
    notes.add(
        "%s: the optima in the file do not give its law again, so its predictions have no intervals; predict from the folder of the run"
            .formatted(quantity));
    return Optional.empty();
  }

  private static boolean same(PowerLaw fitted, LawStatus stored) {
    return Math.abs(fitted.exponent() - stored.exponent()) <= SAME
        && Math.abs(fitted.coefficient() / stored.coefficient() - 1) <= SAME;
  }

  /** How far a budget lies outside those of any of the laws. */
  private double factor(double flops) {
    double factor = 1;
    for (@Nullable LawStatus law : Arrays.asList(laws.parameters(), laws.tokens(), laws.loss())) {
      List<Double> budgets = law == null ? List.of() : budgets(law);
      if (!budgets.isEmpty()) {
        double largest = budgets.get(budgets.size() - 1);
        factor = Math.max(factor, Math.max(flops / largest, budgets.get(0) / flops));
      }
    }
    return factor;
  }

  /** The budgets of a law: those with an optimum, without the largest that it did not see. */
  private List<Double> budgets(LawStatus law) {
    return sheet.budgets().stream()
        .filter(curve -> curve.optimum() != null)
        .map(BudgetStatus::flops)
        .sorted()
        .limit(law.points())
        .toList();
  }

  /** Tokens of one image, if the optima tell. */
  private OptionalDouble tokensPerSample() {
    return sheet.budgets().stream()
        .map(BudgetStatus::optimum)
        .filter(Objects::nonNull)
        .filter(optimum -> optimum.samples() != null && optimum.samples() > 0)
        .mapToDouble(optimum -> optimum.tokens() / optimum.samples())
        .findFirst();
  }
}
