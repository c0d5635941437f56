package dev.isoflop.operator.cli.laws;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.isoflop.api.v1alpha1.status.LawStatus;
import dev.isoflop.api.v1alpha1.status.SurfaceStatus;
import dev.isoflop.laws.data.LawQuantity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The laws; one that was refused is absent and explained among the findings. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LawEntries(
    @Nullable LawStatus parameters,
    @Nullable LawStatus tokens,
    @Nullable LawStatus samples,
    @Nullable LawStatus loss,
    List<MetricLawEntry> metrics,
    @Nullable SurfaceStatus surface,
    List<String> findings,
    ProvenanceEntry provenance) {

  public LawEntries {
    metrics = metrics == null ? List.of() : List.copyOf(metrics);
    findings = findings == null ? List.of() : List.copyOf(findings);
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
