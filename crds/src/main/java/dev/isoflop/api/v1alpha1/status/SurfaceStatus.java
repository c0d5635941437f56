package dev.isoflop.api.v1alpha1.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

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
    @Size(max = 128) @JsonPropertyDescription("How it was fitted.") String method,
    @JsonPropertyDescription(
            "What the method minimises, at the minimum reached; a sum over the trials.")
        @Nullable Double objective,
    @JsonPropertyDescription("Bootstrap interval of alpha.") @Nullable IntervalStatus alphaInterval,
    @JsonPropertyDescription("Bootstrap interval of beta.") @Nullable IntervalStatus betaInterval,
    @JsonPropertyDescription("Bootstrap interval of modelExponent.")
        @Nullable IntervalStatus modelExponentInterval) {}
