package dev.isoflop.laws.fit;

import dev.isoflop.laws.data.LawQuantity;
import dev.isoflop.laws.data.LawSubject;
import dev.isoflop.laws.data.MetricSeries;
import dev.isoflop.laws.finding.Finding;
import dev.isoflop.laws.finding.Fit;
import dev.isoflop.laws.isoflop.IsoFlopCurve;
import dev.isoflop.laws.isoflop.Optimum;
import dev.isoflop.laws.isoflop.ParabolaBias;
import dev.isoflop.laws.options.LawOptions;
import dev.isoflop.laws.powerlaw.LawPrediction;
import dev.isoflop.laws.powerlaw.PowerLaw;
import dev.isoflop.laws.surface.SurfaceFit;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * All that was fitted to one sweep, with every reservation.
 *
 * @param curves one per budget that the laws were fitted to, ascending
 * @param heldOutCurves those of the budgets that {@link LawOptions#holdOutLargest} kept from all
 *     the laws, ascending; every one of them is larger
 * @param quantities one for every {@link LawQuantity}
 * @param tokensAlone D*(C) from parabolas in log D, without any cost formula
 * @param metrics one per metric and evaluation set, in order of their names
 * @param offsets of further evaluation sets from the reference set, per metric
 * @param surface L(N, D), the cross-check
 * @param parabolaBias how far parabolas miss the surface's optima at these points
 * @param rolling larger budgets as laws of the smaller ones predict them
 * @param heldOut what the laws foresee of the held-out budgets whose own curves have an optimum
 * @param findings refusals and reservations, curves first
 * @param records digests of how each metric was measured, where that is known
 */
@RecordBuilder
public record Laws(
    List<IsoFlopCurve> curves,
    List<IsoFlopCurve> heldOutCurves,
    Map<LawQuantity, Fit<PowerLaw>> quantities,
    Fit<PowerLaw> tokensAlone,
    List<MetricLaw> metrics,
    List<DomainOffset> offsets,
    Fit<SurfaceFit> surface,
    Optional<ParabolaBias> parabolaBias,
    List<HeldOutBudget> rolling,
    List<HeldOutBudget> heldOut,
    List<Finding> findings,
    SortedMap<MetricSeries, String> records,
    Provenance provenance)
    implements LawsBuilder.With {

  public Laws {
    curves = List.copyOf(curves);
    heldOutCurves = List.copyOf(heldOutCurves);
    quantities = Collections.unmodifiableMap(new EnumMap<>(quantities));
    metrics = List.copyOf(metrics);
    offsets = List.copyOf(offsets);
    rolling = List.copyOf(rolling);
    heldOut = List.copyOf(heldOut);
    findings = List.copyOf(findings);
    records = Collections.unmodifiableSortedMap(new TreeMap<>(records));
  }

  /** The law of a quantity. */
  public Fit<PowerLaw> law(LawQuantity quantity) {
    return Objects.requireNonNull(quantities.get(quantity), "every quantity has a fit");
  }

  /** N*(C). */
  public Fit<PowerLaw> parameters() {
    return law(LawQuantity.PARAMETERS);
  }

  /** D*(C) as the budget and N* leave it. */
  public Fit<PowerLaw> tokens() {
    return law(LawQuantity.TOKENS);
  }

  /** loss*(C). */
  public Fit<PowerLaw> loss() {
    return law(LawQuantity.LOSS);
  }

  /** One curve per budget, ascending, those held out among them. */
  public List<IsoFlopCurve> allCurves() {
    return Stream.concat(curves.stream(), heldOutCurves.stream()).toList();
  }

  /** Budgets that the laws were not fitted to although they were trained, ascending. */
  public List<Double> heldOutBudgets() {
    return heldOutCurves.stream().map(IsoFlopCurve::budget).toList();
  }

  /**
   * Holds a model that was trained at a predicted optimum against the prediction; empty when there
   * is no law of the loss.
   */
  public Optional<Check> check(double flops, double measuredLoss) {
    return foresee(loss(), flops).map(predicted -> new Check(predicted, measuredLoss));
  }

  /** These laws with the optima of the budgets that were held out beside what they foresee. */
  Laws against(List<Optimum> optima) {
    List<Double> fitted =
        curves.stream()
            .flatMap(curve -> curve.optimum().value().stream())
            .map(Optimum::budget)
            .toList();
    return withHeldOut(
        optima.stream()
            .map(optimum -> HeldOutBudget.of(optimum, fitted, predict(optimum.budget()).subjects()))
            .toList());
  }

  /** These laws with how their points were measured, and what was found about that. */
  public Laws measured(SortedMap<MetricSeries, String> how, List<Finding> found) {
    return withRecords(how).withFindings(Stream.concat(found.stream(), findings.stream()).toList());
  }

  /** The optimum of a budget, with bands, as far as laws were fitted and reach it. */
  public Prediction predict(double flops) {
    if (!(flops > 0 && Double.isFinite(flops))) {
      throw new IllegalArgumentException(
          "flops: " + flops + " is not a budget; give a positive number such as 1.5e21");
    }
    Map<LawSubject, LawPrediction> subjects = new LinkedHashMap<>();
    quantities.forEach(
        (quantity, law) -> foresee(law, flops).ifPresent(there -> subjects.put(quantity, there)));
    double factor =
        subjects.values().stream().mapToDouble(LawPrediction::extrapolationFactor).max().orElse(1);
    for (MetricLaw metric : metrics) {
      foresee(metric.law(), flops).ifPresent(there -> subjects.put(metric.series(), there));
    }
    return new Prediction(flops, subjects, factor);
  }

  private static Optional<LawPrediction> foresee(Fit<PowerLaw> law, double flops) {
    return law.value().filter(found -> found.reaches(flops)).map(found -> found.predict(flops));
  }
}
