package dev.isoflop.api.v1alpha1.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.isoflop.api.v1alpha1.bounds.Bounds;
import dev.isoflop.metric.Metric;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** The law of one metric on one evaluation set, at the optimum of each budget. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MetricLawStatus(
    @JsonPropertyDescription("The metric.") Metric metric,
    @Size(max = Bounds.DATASET) @JsonPropertyDescription("The evaluation set.") String dataset,
    @JsonPropertyDescription("The law.") LawStatus law,
    @JsonPropertyDescription("Difference from the first evaluation set.")
        @Nullable OffsetStatus offsetFrom) {}
