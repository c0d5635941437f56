package dev.isoflop.operator.cli.laws;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.isoflop.api.v1alpha1.status.LawStatus;
import dev.isoflop.api.v1alpha1.status.OffsetStatus;
import dev.isoflop.api.v1alpha1.status.SurfaceStatus;
import dev.isoflop.laws.data.LawQuantity;
import dev.isoflop.laws.finding.Finding;
import dev.isoflop.laws.fit.Laws;
import dev.isoflop.operator.sweep.status.LawMapping;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The laws; one that was refused is absent and explained among the findings. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LawEntries(
    @Nullable LawStatus parameters,
    @Nullable LawStatus tokens,
    @Nullable LawStatus samples,
    @Nullable LawStatus loss,
    List<Metric> metrics,
    @Nullable SurfaceStatus surface,
    List<String> findings,
    Provenance provenance) {

  /**
   * The law of one metric.
   *
   * @param dataset the evaluation set; empty where the metric came without one
   * @param offsetFrom difference from the first evaluation set
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Metric(
      String metric, String dataset, LawStatus law, @Nullable OffsetStatus offsetFrom) {

    /** {@code FID on coco-2014}, or {@code FID} alone. */
    String title() {
      return dataset.isEmpty() ? metric : metric + " on " + dataset;
    }
  }

  /**
   * Provenance of the laws.
   *
   * @param convention what a FLOP means; {@code Unstated} for points that came without it
   */
  public record Provenance(String inputDigest, String software, String convention) {}

  public LawEntries {
    metrics = metrics == null ? List.of() : List.copyOf(metrics);
    findings = findings == null ? List.of() : List.copyOf(findings);
  }

  /**
   * The laws of a fit.
   *
   * @param reference the evaluation set that the others are compared with
   */
  static LawEntries of(Laws laws, Optional<String> reference) {
    return new LawEntries(
        LawMapping.law(laws, LawQuantity.PARAMETERS),
        LawMapping.law(laws, LawQuantity.TOKENS),
        LawMapping.law(laws, LawQuantity.SAMPLES),
        LawMapping.law(laws, LawQuantity.LOSS),
        LawMapping.metrics(laws, reference, Metric::new),
        LawMapping.surface(laws),
        laws.findings().stream().map(Finding::message).toList(),
        new Provenance(
            laws.provenance().inputDigest(),
            laws.provenance().software(),
            laws.provenance().convention()));
  }

  /** The law of a quantity; null if it was refused. */
  @Nullable LawStatus law(LawQuantity quantity) {
    return switch (quantity) {
      case PARAMETERS -> parameters;
      case TOKENS -> tokens;
      case SAMPLES -> samples;
      case LOSS -> loss;
    };
  }
}
