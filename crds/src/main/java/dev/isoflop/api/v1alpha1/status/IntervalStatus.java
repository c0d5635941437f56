package dev.isoflop.api.v1alpha1.status;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** A confidence interval. */
public record IntervalStatus(
    @JsonPropertyDescription("Lower bound.") double lower,
    @JsonPropertyDescription("Upper bound.") double upper) {}
