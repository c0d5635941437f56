package dev.isoflop.api.v1alpha1.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** Numbers of the laws in a few digits, for the columns that kubectl prints. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SweepColumns(
    @Size(max = 16) @JsonPropertyDescription("Exponent of N*.") @Nullable String parametersExponent,
    @Size(max = 16) @JsonPropertyDescription("Exponent of D*.") @Nullable String tokensExponent,
    @Size(max = 16) @JsonPropertyDescription("R squared of N*(C).") @Nullable String rSquared) {}
