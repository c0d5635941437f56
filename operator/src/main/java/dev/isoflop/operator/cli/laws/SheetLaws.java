package dev.isoflop.operator.cli.laws;

import dev.isoflop.api.v1alpha1.status.BudgetStatus;
import dev.isoflop.api.v1alpha1.status.LawIntervalStatus;
import dev.isoflop.api.v1alpha1.status.LawStatus;
import dev.isoflop.api.v1alpha1.status.OptimumStatus;
import dev.isoflop.api.v1alpha1.status.PredictionStatus;
import dev.isoflop.laws.compare.ComparedLaw;
import dev.isoflop.laws.compare.ComparedSweep;
import dev.isoflop.laws.data.LawQuantity;
import dev.isoflop.laws.data.LawSubject;
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
import dev.isoflop.operator.sweep.status.StatusQuantities;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
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
  private final Map<LawQuantity, PowerLaw> fitted = new EnumMap<>(LawQuantity.class);

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
    for (LawQuantity quantity : LawQuantity.values()) {
      LawStatus stored = laws.law(quantity);
      if (stored != null) {
        fit(quantity, stored).ifPresent(law -> fitted.put(quantity, law));
      }
    }
  }

  private static OffsetChoice offsets(@Nullable FitSetting fit) {
    return fit != null && FitSetting.word(OffsetChoice.NEVER).equals(fit.offsets())
        ? OffsetChoice.NEVER
        : OffsetChoice.BY_AICC;
  }

  /** Why main laws are missing, one reason for each; empty where all of them are there. */
  public List<String> missing() {
    List<String> reasons = new ArrayList<>();
    for (LawQuantity quantity : LawQuantity.mainOnes()) {
      if (laws.law(quantity) == null) {
        reasons.add(missing(quantity));
      }
    }
    return reasons;
  }

  /** A law that was refused is explained by the finding that starts with its name. */
  private String missing(LawQuantity quantity) {
    String start = quantity.law() + ": ";
    return laws.findings().stream()
        .filter(finding -> finding.startsWith(start))
        .findFirst()
        .orElse(start + "the file has no such law, and does not say why");
  }

  /** Remarks that a reader of the predictions should know. */
  public List<String> notes() {
    return List.copyOf(notes);
  }

  /**
   * The laws for a comparison: with their bands where these could be found again, by their numbers
   * otherwise.
   */
  public ComparedSweep compared(String name) {
    Map<LawSubject, ComparedLaw> compared = new HashMap<>();
    for (LawQuantity quantity : LawQuantity.mainOnes()) {
      LawStatus stored = laws.law(quantity);
      if (stored != null) {
        PowerLaw law = fitted.get(quantity);
        compared.put(quantity, law == null ? printed(stored) : new ComparedLaw.Fitted(law));
      }
    }
    for (LawEntries.Metric metric : laws.metrics()) {
      compared.put(new MetricSeries(metric.metric(), metric.dataset()), printed(metric.law()));
    }
    return new ComparedSweep(
        name,
        Optional.of(laws.provenance().convention())
            .filter(convention -> !convention.equals(PointTable.UNSTATED)),
        compared);
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

  /** Prediction of the laws at a budget. */
  public PredictionStatus predict(double flops) {
    Map<LawSubject, LawPrediction> bands = new HashMap<>();
    fitted.forEach(
        (quantity, law) -> {
          if (law.reaches(flops)) {
            bands.put(quantity, law.predict(flops));
          }
        });
    double factor = factor(flops);
    PredictionStatus banded = PredictionMapping.of(new Prediction(flops, bands, factor), null);
    return new PredictionStatus(
        flops,
        value(laws.parameters(), flops),
        value(laws.tokens(), flops),
        samples(flops),
        value(laws.loss(), flops),
        banded.interval(),
        banded.parametersInterval(),
        banded.tokensInterval(),
        null,
        null,
        factor);
  }

  /** S* by its law, or by that of the tokens where a file of an earlier release has none. */
  private @Nullable Double samples(double flops) {
    if (laws.samples() != null) {
      return value(laws.samples(), flops);
    }
    Double tokens = value(laws.tokens(), flops);
    OptionalDouble tokensPerSample = tokensPerSample();
    return tokens == null || tokensPerSample.isEmpty()
        ? null
        : Double.valueOf(tokens / tokensPerSample.getAsDouble());
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
  private Optional<PowerLaw> fit(LawQuantity quantity, LawStatus stored) {
    List<LawPoint> points = new ArrayList<>();
    for (BudgetStatus curve : sheet.budgets()) {
      OptimumStatus optimum = curve.optimum();
      Double value = optimum == null ? null : StatusQuantities.value(optimum, quantity);
      if (value != null) {
        points.add(new LawPoint(curve.flops(), value));
      }
    }
    for (int used = points.size(); used >= FEWEST; used--) {
      Optional<PowerLaw> again =
          OptimumLaw.fit(quantity.title(), points.subList(0, used), quantity.mayLevelOff(), options)
              .value()
              .filter(law -> same(law, stored));
      if (again.isPresent()) {
        return again;
      }
    }
    notes.add(
        "%s: the optima in the file do not give its law again, so its predictions have no intervals; predict from the folder of the run"
            .formatted(quantity.title()));
    return Optional.empty();
  }

  private static boolean same(PowerLaw fitted, LawStatus stored) {
    return Math.abs(fitted.exponent() - stored.exponent()) <= SAME
        && Math.abs(fitted.coefficient() / stored.coefficient() - 1) <= SAME;
  }

  /** Extrapolation factor of a budget beyond those of the laws; 1 inside them. */
  private double factor(double flops) {
    double factor = 1;
    for (LawQuantity quantity : LawQuantity.values()) {
      LawStatus law = laws.law(quantity);
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
