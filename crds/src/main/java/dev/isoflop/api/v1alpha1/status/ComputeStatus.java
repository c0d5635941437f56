package dev.isoflop.api.v1alpha1.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.isoflop.api.v1alpha1.bounds.Bounds;
import dev.isoflop.model.FlopConvention;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** Cost of a sweep. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ComputeStatus(
    @JsonPropertyDescription("What a FLOP means here.") FlopConvention convention,
    @Min(0) @JsonPropertyDescription("Training FLOPs of all trials.") double plannedFlops,
    @Min(0) @JsonPropertyDescription("Training FLOPs done so far.") double spentFlops,
    @Min(0)
        @JsonPropertyDescription(
            "Hours that devices were held: GPUs, or CPU slots where there are none.")
        double acceleratorHours,
    @Size(max = Bounds.TIME)
        @JsonPropertyDescription("When the last trial is expected to end, at the speed so far.")
        @Nullable String estimatedCompletion) {}
