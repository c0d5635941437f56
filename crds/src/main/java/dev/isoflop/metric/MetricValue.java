package dev.isoflop.metric;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.isoflop.api.v1alpha1.bounds.Bounds;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** One measurement of a trained model on one evaluation set. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MetricValue(
    @Required @JsonPropertyDescription("What was measured.") Metric metric,
    @Required @Size(max = Bounds.DATASET) @JsonPropertyDescription("Name of the evaluation set.")
        String dataset,
    @Required @JsonPropertyDescription("The measurement.") double value,
    @JsonPropertyDescription("Its standard error over the evaluation samples.")
        @Nullable Double standardError,
    @Required @Min(1) @JsonPropertyDescription("Evaluation samples used.") long samples,
    @Size(max = Bounds.PROVENANCE)
        @JsonPropertyDescription("Digest of the evaluation set and of how it was measured.")
        @Nullable String provenance) {}
