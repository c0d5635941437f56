package dev.isoflop.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;

/** L(N, D) = irreducible + a / N^alpha + b / D^beta. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SurfaceStatus(
    @JsonPropertyDescription("E, the loss of infinite model and data.") double irreducible,
    @JsonPropertyDescription("A, weight of the model term.") double a,
    @JsonPropertyDescription("B, weight of the data term.") double b,
    @JsonPropertyDescription("Exponent of the model term.") double alpha,
    @JsonPropertyDescription("Exponent of the data term.") double beta,
    @JsonPropertyDescription("beta / (alpha + beta), the exponent of N*(C).") double modelExponent,
    @Min(0) @JsonPropertyDescription("Trials fitted.") int points,
    @Size(max = 128) @JsonPropertyDescription("How it was fitted.") String method) {}
