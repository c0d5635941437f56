package dev.isoflop.api.v1alpha1.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.isoflop.api.v1alpha1.bounds.Bounds;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The fitted laws; a law that could not be fitted is absent and explained. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LawsStatus(
    @JsonPropertyDescription("N*(C), the compute-optimal model size.")
        @Nullable LawStatus parameters,
    @JsonPropertyDescription("D*(C), the compute-optimal number of tokens.")
        @Nullable LawStatus tokens,
    @JsonPropertyDescription(
            "S*(C), the compute-optimal number of training samples; absent where a trial's are not"
                + " known.")
        @Nullable LawStatus samples,
    @JsonPropertyDescription("loss(C) at the optimum.") @Nullable LawStatus loss,
    @Size(max = Bounds.METRICS)
        @JsonPropertyDescription("Laws of the metrics, for each evaluation set.")
        List<MetricLawStatus> metrics,
    @JsonPropertyDescription("The loss surface, as a cross-check.") @Nullable SurfaceStatus surface,
    @Size(max = Bounds.FINDINGS)
        @JsonPropertyDescription("What a reader must know: refusals, warnings, disagreements.")
        List<@Size(max = Bounds.FINDING) String> findings,
    @JsonPropertyDescription("What they come from.") ProvenanceStatus provenance) {

  public LawsStatus {
    metrics = metrics == null ? List.of() : List.copyOf(metrics);
    findings = findings == null ? List.of() : List.copyOf(findings);
  }
}
