package dev.isoflop.laws.fit;

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
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * All that was fitted to one sweep, with every reservation.
 *
 * @param curves one per budget that the laws were fitted to, ascending
 * @param heldOutCurves those of the budgets that {@link LawOptions#holdOutLargest} kept from all
 *     the laws, ascending; every one of them is larger
 * @param parameters N*(C)
 * @param tokens D*(C) as the budget and N* leave it
 * @param tokensAlone D*(C) from parabolas in log D, without any cost formula
 * @param loss loss*(C)
 * @param metrics one per metric and evaluation set, in order of their names
 * @param offsets of further evaluation sets from the reference set, per metric
 * @param surface L(N, D), the cross-check
 * @param parabolaBias how far parabolas miss the surface's optima at these points
 * @param holdOuts larger budgets as the smaller ones predict them
 * @param heldOut what the laws foresee of the held-out budgets whose own curves have an optimum
 * @param tokensPerSample when the points agree on it
 * @param findings refusals and reservations, curves first
 * @param records digests of how each metric was measured, where that is known
 */
public record Laws(
    List<IsoFlopCurve> curves,
    List<IsoFlopCurve> heldOutCurves,
    Fit<PowerLaw> parameters,
    Fit<PowerLaw> tokens,
    Fit<PowerLaw> tokensAlone,
    Fit<PowerLaw> loss,
    List<MetricLaw> metrics,
    List<DomainOffset> offsets,
    Fit<SurfaceFit> surface,
    Optional<ParabolaBias> parabolaBias,
    List<RollingCheck> holdOuts,
    List<HeldOutBudget> heldOut,
    OptionalDouble tokensPerSample,
    List<Finding> findings,
    SortedMap<MetricSeries, String> records,
    Provenance provenance) {

  public Laws {
    curves = List.copyOf(curves);
    heldOutCurves = List.copyOf(heldOutCurves);
    metrics = List.copyOf(metrics);
    offsets = List.copyOf(offsets);
    holdOuts = List.copyOf(holdOuts);
    heldOut = List.copyOf(heldOut);
    findings = List.copyOf(findings);
    records = Collections.unmodifiableSortedMap(new TreeMap<>(records));
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
    return foresee(loss, flops).map(predicted -> new Check(predicted, measuredLoss));
  }

  /** These laws with the optima of the budgets that were held out beside what they foresee. */
  Laws against(List<Optimum> optima) {
    return new Laws(
        curves,
        heldOutCurves,
        parameters,
        tokens,
        tokensAlone,
        loss,
        metrics,
        offsets,
        surface,
        parabolaBias,
        holdOuts,
        optima.stream()
            .map(optimum -> HeldOutBudget.of(optimum, predict(optimum.budget())))
            .toList(),
        tokensPerSample,
        findings,
        records,
        provenance);
  }

  /** These laws with how their points were measured, and what was found about that. */
  public Laws measured(SortedMap<MetricSeries, String> how, List<Finding> found) {
    return new Laws(
        curves,
        heldOutCurves,
        parameters,
        tokens,
        tokensAlone,
        loss,
        metrics,
        offsets,
        surface,
        parabolaBias,
        holdOuts,
        heldOut,
        tokensPerSample,
        Stream.concat(found.stream(), findings.stream()).toList(),
        how,
        provenance);
  }

  /** The optimum of a budget, with bands, as far as laws were fitted and reach it. */
  public Prediction predict(double flops) {
    if (!(flops > 0 && Double.isFinite(flops))) {
      throw new IllegalArgumentException(
          "flops: " + flops + " is not a budget; give a positive number such as 1.5e21");
    }
    Optional<LawPrediction> size = foresee(parameters, flops);
    Optional<LawPrediction> data = foresee(tokens, flops);
    Optional<LawPrediction> reached = foresee(loss, flops);
    SortedMap<MetricSeries, LawPrediction> further = new TreeMap<>();
    for (MetricLaw metric : metrics) {
      foresee(metric.law(), flops).ifPresent(there -> further.put(metric.series(), there));
    }
    OptionalDouble samples =
        data.isPresent() && tokensPerSample.isPresent()
            ? OptionalDouble.of(data.get().value() / tokensPerSample.getAsDouble())
            : OptionalDouble.empty();
    double factor = 1;
    for (Optional<LawPrediction> part : List.of(size, data, reached)) {
      factor = Math.max(factor, part.map(LawPrediction::extrapolationFactor).orElse(1.0));
    }
    return new Prediction(flops, size, data, samples, reached, further, factor);
  }

  private static Optional<LawPrediction> foresee(Fit<PowerLaw> law, double flops) {
    return law.value().filter(found -> found.reaches(flops)).map(found -> found.predict(flops));
  }
}
