package dev.isoflop.api.v1alpha1.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import org.jspecify.annotations.Nullable;

/** The minimum of one isoFLOP curve. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OptimumStatus(
    @Min(0) @JsonPropertyDescription("N*, parameters without embeddings.") double parameters,
    @Min(0) @JsonPropertyDescription("D*, training tokens.") double tokens,
    @Min(0) @JsonPropertyDescription("Training samples at D*; absent where only tokens are known.")
        @Nullable Double samples,
    @JsonPropertyDescription("Loss at the minimum.") double loss,
    @JsonPropertyDescription("Confidence interval of N*.") @Nullable IntervalStatus interval) {}
