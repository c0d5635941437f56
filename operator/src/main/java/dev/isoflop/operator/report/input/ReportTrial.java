package dev.isoflop.operator.report.input;

import dev.isoflop.api.v1alpha1.TrialStatus;
import dev.isoflop.laws.data.Measurement;
import dev.isoflop.laws.data.MetricSeries;
import dev.isoflop.laws.data.TrainedPoint;
import dev.isoflop.metric.MetricValue;
import dev.isoflop.operator.report.words.MeasuredValue;
import dev.isoflop.trial.LeftOut;
import dev.isoflop.trial.OutcomeType;
import dev.isoflop.trial.TrialExperiment;
import dev.isoflop.trial.TrialOutcome;
import dev.isoflop.trial.TrialResult;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One trial as a report shows it.
 *
 * @param budget C in FLOPs, the nominal one
 * @param loss what the laws are fitted to
 * @param trainLoss smoothed, at the end
 * @param metrics all measurements, that of the loss among them if it is one
 * @param outcome empty for a trial that has not ended
 * @param message what else is known of it
 * @param brokenSamples that were left out of its data; empty where it has no result
 * @param leftOut of which sets those were
 */
public record ReportTrial(
    String name,
    double budget,
    TrialSize size,
    Optional<MeasuredValue> loss,
    OptionalDouble trainLoss,
    SortedMap<MetricSeries, MeasuredValue> metrics,
    TrialHistory history,
    Optional<TrialOutcome> outcome,
    String message,
    OptionalLong brokenSamples,
    List<LeftOut> leftOut) {

  public ReportTrial {
    if (!(budget > 0 && Double.isFinite(budget))) {
      throw new IllegalArgumentException(
          "trial '%s': budget %s is not positive and finite".formatted(name, budget));
    }
    metrics = Collections.unmodifiableSortedMap(new TreeMap<>(metrics));
    leftOut = List.copyOf(leftOut);
  }

  /** A trial of which nothing is known of broken samples. */
  public ReportTrial(
      String name,
      double budget,
      TrialSize size,
      Optional<MeasuredValue> loss,
      OptionalDouble trainLoss,
      SortedMap<MetricSeries, MeasuredValue> metrics,
      TrialHistory history,
      Optional<TrialOutcome> outcome,
      String message) {
    this(
        name,
        budget,
        size,
        loss,
        trainLoss,
        metrics,
        history,
        outcome,
        message,
        OptionalLong.empty(),
        List.of());
  }

  /**
   * A trial of a sweep.
   *
   * @param lossSeries the measurement that the laws are fitted to
   */
  public static ReportTrial of(
      String name,
      TrialExperiment experiment,
      Optional<TrialStatus> status,
      MetricSeries lossSeries) {
    Optional<TrialResult> result = status.flatMap(it -> Optional.ofNullable(it.result()));
    SortedMap<MetricSeries, MeasuredValue> metrics = new TreeMap<>();
    for (MetricValue value : result.map(TrialResult::metrics).orElseGet(List::of)) {
      metrics.put(
          new MetricSeries(value.metric().name(), value.dataset()),
          new MeasuredValue(value.value(), optional(value.standardError())));
    }
    TrialHistory history =
        status
            .map(
                it ->
                    new TrialHistory(
                        it.attempt(),
                        it.failures(),
                        it.disruptions(),
                        result.isPresent()
                            ? OptionalDouble.of(result.get().trainingSeconds())
                            : OptionalDouble.empty(),
                        result.isPresent()
                            ? OptionalDouble.of(result.get().evaluationSeconds())
                            : OptionalDouble.empty()))
            .orElse(TrialHistory.UNKNOWN);
    return new ReportTrial(
        name,
        experiment.budgetFlops(),
        TrialSize.of(experiment),
        Optional.ofNullable(metrics.get(lossSeries)),
        optional(result.map(TrialResult::trainLoss).orElse(null)),
        metrics,
        history,
        status.flatMap(it -> Optional.ofNullable(it.outcome())),
        status.flatMap(it -> Optional.ofNullable(it.message())).orElse(""),
        broken(result),
        result.map(TrialResult::leftOutOfSets).orElse(List.of()));
  }

  private static OptionalLong broken(Optional<TrialResult> result) {
    if (result.isEmpty()) {
      return OptionalLong.empty();
    }
    Long broken = result.get().brokenSamples();
    return OptionalLong.of(broken == null ? 0 : broken);
  }

  /** A point that was trained elsewhere, such as a row of a table; it counts as succeeded. */
  public static ReportTrial of(TrainedPoint point) {
    SortedMap<MetricSeries, MeasuredValue> metrics = new TreeMap<>();
    point.metrics().forEach((series, value) -> metrics.put(series, reading(value)));
    return new ReportTrial(
        point.trial(),
        point.budget(),
        TrialSize.of(point.parameters(), point.tokens(), point.samples()),
        Optional.of(reading(point.loss())),
        OptionalDouble.empty(),
        metrics,
        TrialHistory.UNKNOWN,
        Optional.of(TrialOutcome.succeeded()),
        "");
  }

  public boolean succeeded() {
    return outcome.map(TrialOutcome::type).filter(OutcomeType.Succeeded::equals).isPresent();
  }

  /** Why the trial has no place in the fit, for people; what it waits for if it has not ended. */
  public String reason() {
    if (outcome.isEmpty()) {
      return message.isEmpty() ? "not finished" : message;
    }
    TrialOutcome ended = outcome.get();
    String reason = ended.reason() == null ? "" : ended.reason().name();
    String explanation = ended.message() == null ? "" : ended.message();
    return reason + (reason.isEmpty() || explanation.isEmpty() ? "" : ": ") + explanation;
  }

  private static MeasuredValue reading(Measurement measurement) {
    return new MeasuredValue(measurement.value(), measurement.standardError());
  }

  private static OptionalDouble optional(@org.jspecify.annotations.Nullable Double value) {
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }
}
