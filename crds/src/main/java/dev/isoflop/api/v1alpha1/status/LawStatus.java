package dev.isoflop.api.v1alpha1.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** A power law: y = coefficient * C^exponent + offset. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LawStatus(
    @JsonPropertyDescription("Value at one FLOP.") double coefficient,
    @JsonPropertyDescription("Slope on logarithmic axes.") double exponent,
    @JsonPropertyDescription("Value approached at infinite compute; absent for a pure power law.")
        @Nullable Double offset,
    @JsonPropertyDescription("Bootstrap confidence intervals.")
        @Nullable LawIntervalStatus interval,
    @JsonPropertyDescription(
            "Confidence intervals by Student's t with points - 2 degrees of freedom.")
        @Nullable LawIntervalStatus studentInterval,
    @JsonPropertyDescription("Share of the variance explained, on logarithmic axes.")
        @Nullable Double rSquared,
    @Min(0) @JsonPropertyDescription("Budgets that the law is fitted to.") int points,
    @Size(max = 128) @JsonPropertyDescription("How it was fitted.") String method) {}
