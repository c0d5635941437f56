package dev.isoflop.api.v1alpha1.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import org.jspecify.annotations.Nullable;

/** The laws at a budget outside the grid. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PredictionStatus(
    @Min(0) @JsonPropertyDescription("The budget, C.") double flops,
    @JsonPropertyDescription("Predicted N*; absent, like D* and the loss, if its law was refused.")
        @Nullable Double parameters,
    @JsonPropertyDescription("Predicted D*.") @Nullable Double tokens,
    @JsonPropertyDescription("Predicted training samples.") @Nullable Double samples,
    @JsonPropertyDescription("Predicted loss.") @Nullable Double loss,
    @JsonPropertyDescription("Prediction interval of the loss.") @Nullable IntervalStatus interval,
    @JsonPropertyDescription("Prediction interval of N*.")
        @Nullable IntervalStatus parametersInterval,
    @JsonPropertyDescription("Prediction interval of D*.") @Nullable IntervalStatus tokensInterval,
    @JsonPropertyDescription("Loss measured there, if it was trained.") @Nullable Double measured,
    @JsonPropertyDescription(
            "N at which it was measured: of the model trained, or the optimum of a held-out curve.")
        @Nullable Double measuredParameters,
    @JsonPropertyDescription(
            "How far the budget lies outside the fitted ones, as a ratio; 1 inside.")
        double extrapolationFactor) {}
