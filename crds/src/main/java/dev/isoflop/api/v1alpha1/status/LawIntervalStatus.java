package dev.isoflop.api.v1alpha1.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** Confidence intervals of a law's constants. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LawIntervalStatus(
    @JsonPropertyDescription("Interval of the coefficient.") @Nullable IntervalStatus coefficient,
    @JsonPropertyDescription("Interval of the exponent.") IntervalStatus exponent) {}
