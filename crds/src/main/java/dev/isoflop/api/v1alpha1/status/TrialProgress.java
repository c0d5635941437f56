package dev.isoflop.api.v1alpha1.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import org.jspecify.annotations.Nullable;

/** Progress of a running trial. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TrialProgress(
    @Min(0) @JsonPropertyDescription("Optimizer steps done.") long step,
    @Min(0) @Max(1) @JsonPropertyDescription("Share of the training done.") double ratio,
    @JsonPropertyDescription("Training loss, smoothed.") @Nullable Double trainLoss,
    @JsonPropertyDescription("Seconds since the last checkpoint.")
        @Nullable Double checkpointAgeSeconds) {

  /** Keeps what a status may hold: counts and shares within their bounds, and finite numbers. */
  public TrialProgress {
    step = Math.max(0, step);
    ratio = ratio > 0 ? Math.min(1, ratio) : 0;
    trainLoss = finite(trainLoss);
    checkpointAgeSeconds = finite(checkpointAgeSeconds);
  }

  private static @Nullable Double finite(@Nullable Double value) {
    return value != null && Double.isFinite(value) ? value : null;
  }
}
