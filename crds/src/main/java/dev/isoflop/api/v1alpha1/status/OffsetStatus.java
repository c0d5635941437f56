package dev.isoflop.api.v1alpha1.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.isoflop.api.v1alpha1.bounds.Bounds;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** Difference of a law from that of another evaluation set. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OffsetStatus(
    @Size(max = Bounds.DATASET) @JsonPropertyDescription("The other evaluation set.")
        String dataset,
    @JsonPropertyDescription("Exponent of this set less that of the other.") double slopeDifference,
    @JsonPropertyDescription("Confidence interval of the difference.")
        @Nullable IntervalStatus interval) {}
