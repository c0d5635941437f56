package dev.isoflop.operator.sweep.status;

import dev.isoflop.api.v1alpha1.bounds.Bounds;
import dev.isoflop.api.v1alpha1.status.IntervalStatus;
import dev.isoflop.api.v1alpha1.status.LawIntervalStatus;
import dev.isoflop.api.v1alpha1.status.LawStatus;
import dev.isoflop.api.v1alpha1.status.LawsStatus;
import dev.isoflop.api.v1alpha1.status.MetricLawStatus;
import dev.isoflop.api.v1alpha1.status.OffsetStatus;
import dev.isoflop.api.v1alpha1.status.ProvenanceStatus;
import dev.isoflop.api.v1alpha1.status.SurfaceStatus;
import dev.isoflop.laws.data.LawQuantity;
import dev.isoflop.laws.data.MetricSeries;
import dev.isoflop.laws.finding.Finding;
import dev.isoflop.laws.fit.Laws;
import dev.isoflop.laws.fit.MetricLaw;
import dev.isoflop.laws.options.SurfaceObjective;
import dev.isoflop.laws.powerlaw.LawInterval;
import dev.isoflop.laws.powerlaw.PowerLaw;
import dev.isoflop.laws.stats.Interval;
import dev.isoflop.laws.surface.SurfaceFit;
import dev.isoflop.laws.surface.SurfaceIntervals;
import dev.isoflop.metric.Metric;
import dev.isoflop.model.FlopConvention;
import dev.isoflop.operator.sweep.state.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Fitted laws in the words of the status. JSON knows no infinity, so open intervals are absent. */
public final class LawMapping {
  private LawMapping() {}

  /**
   * The laws as the status has them.
   *
   * @param firstDataset the evaluation set that the others are compared with
   * @param words what a finding says
   */
  static LawsStatus of(
      Laws laws, String firstDataset, FlopConvention convention, Function<Finding, String> words) {
    return new LawsStatus(
        law(laws, LawQuantity.PARAMETERS),
        law(laws, LawQuantity.TOKENS),
        law(laws, LawQuantity.SAMPLES),
        law(laws, LawQuantity.LOSS),
        metrics(laws, firstDataset),
        surface(laws),
        findings(laws.findings(), words),
        new ProvenanceStatus(
            laws.provenance().inputDigest(), laws.provenance().software(), convention));
  }

  /** The law of a quantity; null if it was refused. */
  public static @Nullable LawStatus law(Laws laws, LawQuantity quantity) {
    return laws.law(quantity).value().map(LawMapping::law).orElse(null);
  }

  /** A law. */
  public static LawStatus law(PowerLaw law) {
    return new LawStatus(
        law.coefficient(),
        law.exponent(),
        law.offset().isPresent() ? law.offset().getAsDouble() : null,
        law.bootstrapInterval().map(LawMapping::interval).orElse(null),
        interval(law.interval()),
        Double.isFinite(law.rSquared()) ? law.rSquared() : null,
        law.points().size(),
        law.method());
  }

  /** The surface that cross-checks the laws; null if it could not be fitted. */
  public static @Nullable SurfaceStatus surface(Laws laws) {
    return laws.surface().value().map(LawMapping::surface).orElse(null);
  }

  private static SurfaceStatus surface(SurfaceFit fit) {
    String objective =
        fit.objective() instanceof SurfaceObjective.HuberOnLog huber
            ? "Huber loss of log loss, delta " + huber.delta()
            : "least squares";
    return new SurfaceStatus(
        fit.surface().irreducible(),
        fit.surface().parametersCoefficient(),
        fit.surface().tokensCoefficient(),
        fit.surface().alpha(),
        fit.surface().beta(),
        fit.parametersExponent(),
        fit.points(),
        objective,
        fit.objectiveValue(),
        interval(fit, SurfaceIntervals::alpha),
        interval(fit, SurfaceIntervals::beta),
        interval(fit, SurfaceIntervals::parametersExponent));
  }

  private static @Nullable IntervalStatus interval(
      SurfaceFit fit, Function<SurfaceIntervals, Interval> of) {
    return fit.intervals()
        .map(of)
        .flatMap(found -> Optional.ofNullable(interval(found)))
        .orElse(null);
  }

  /** An interval; null if it is open. */
  public static @Nullable IntervalStatus interval(Interval interval) {
    return Double.isFinite(interval.low()) && Double.isFinite(interval.high())
        ? new IntervalStatus(interval.low(), interval.high())
        : null;
  }

  private static @Nullable LawIntervalStatus interval(LawInterval interval) {
    IntervalStatus exponent = interval(interval.exponent());
    return exponent == null
        ? null
        : new LawIntervalStatus(interval(interval.coefficient()), exponent);
  }

  private static List<MetricLawStatus> metrics(Laws laws, String firstDataset) {
    List<MetricLawStatus> metrics =
        metrics(
            laws,
            Optional.of(firstDataset),
            (metric, dataset, law, offset) ->
                new MetricLawStatus(Metric.valueOf(metric), dataset, law, offset));
    return metrics.subList(0, Math.min(metrics.size(), Bounds.METRICS));
  }

  /** Makes an entry of the law of a metric. */
  public interface MetricEntry<T> {
    T of(String metric, String dataset, LawStatus law, @Nullable OffsetStatus offset);
  }

  /**
   * The laws of metrics.
   *
   * @param reference the evaluation set that the others are compared with
   */
  public static <T> List<T> metrics(Laws laws, Optional<String> reference, MetricEntry<T> entry) {
    List<T> metrics = new ArrayList<>();
    for (MetricLaw metric : laws.metrics()) {
      MetricSeries series = metric.series();
      metric
          .law()
          .value()
          .ifPresent(
              law ->
                  metrics.add(
                      entry.of(
                          series.metric(),
                          series.dataset(),
                          law(law),
                          reference
                              .flatMap(first -> offset(series, law, laws, first))
                              .orElse(null))));
    }
    return metrics;
  }

  /**
   * Offset from the first evaluation set: from pairs where enough budgets measured both, else
   * between the two laws.
   */
  private static Optional<OffsetStatus> offset(
      MetricSeries series, PowerLaw law, Laws laws, String firstDataset) {
    if (series.dataset().equals(firstDataset)) {
      return Optional.empty();
    }
    Optional<OffsetStatus> paired =
        laws.offsets().stream()
            .filter(offset -> offset.metric().equals(series.metric()))
            .filter(offset -> offset.dataset().equals(series.dataset()))
            .filter(offset -> offset.reference().equals(firstDataset))
            .findFirst()
            .map(
                offset ->
                    new OffsetStatus(
                        firstDataset, offset.slopeDifference(), interval(offset.interval())));
    return paired.or(
        () ->
            reference(series, laws, firstDataset)
                .map(
                    first ->
                        new OffsetStatus(firstDataset, law.exponent() - first.exponent(), null)));
  }

  private static Optional<PowerLaw> reference(MetricSeries series, Laws laws, String firstDataset) {
    return series.metric().equals(Metric.ValidationLoss.name())
        ? laws.loss().value()
        : laws.metrics().stream()
            .filter(other -> other.series().equals(new MetricSeries(series.metric(), firstDataset)))
            .findFirst()
            .flatMap(other -> other.law().value());
  }

  private static List<String> findings(List<Finding> findings, Function<Finding, String> words) {
    List<String> messages =
        new ArrayList<>(
            findings.stream()
                .map(finding -> Text.clip(words.apply(finding), Bounds.FINDING))
                .limit(Bounds.FINDINGS)
                .toList());
    if (findings.size() > Bounds.FINDINGS) {
      messages.set(
          Bounds.FINDINGS - 1, "and %d more".formatted(findings.size() - Bounds.FINDINGS + 1));
    }
    return messages;
  }
}
