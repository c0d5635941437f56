package dev.isoflop.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import org.jspecify.annotations.Nullable;

/** The laws at a budget outside the grid. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PredictionStatus(
    @Min(0) @JsonPropertyDescription("The budget, C.") double flops,
    @JsonPropertyDescription("Predicted N*.") double parameters,
    @JsonPropertyDescription("Predicted D*.") double tokens,
    @JsonPropertyDescription("Predicted training samples.") double samples,
    @JsonPropertyDescription("Predicted loss.") double loss,
    @JsonPropertyDescription("Prediction interval of the loss.") @Nullable IntervalStatus interval,
    @JsonPropertyDescription("Prediction interval of N*.")
        @Nullable IntervalStatus parametersInterval,
    @JsonPropertyDescription("Loss measured there, if it was trained.") @Nullable Double measured,
    @JsonPropertyDescription("The budget divided by the largest fitted one.")
        double extrapolationFactor) {}
