package dev.isoflop.api.v1alpha1.training;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/** Schedule of the learning rate. */
public record ScheduleSpec(
    @Default("Constant") @JsonPropertyDescription("Constant, Cosine or WarmupStableDecay.")
        ScheduleType type,
    @Min(0)
        @Max(1)
        @Default("0.01")
        @JsonPropertyDescription(
            "Share of the steps in which the learning rate rises linearly from zero.")
        Double warmupFraction,
    @Min(0)
        @Max(1)
        @Default("0.2")
        @JsonPropertyDescription(
            "Share of the steps, the last ones, in which WarmupStableDecay falls linearly.")
        Double decayFraction,
    @Min(0)
        @Max(1)
        @Default("0.0")
        @JsonPropertyDescription(
            "Where Cosine and WarmupStableDecay end, as a share of the peak; they reach it one step"
                + " after the last.")
        Double finalFraction) {

  public ScheduleSpec {
    type = type == null ? ScheduleType.Constant : type;
    warmupFraction = warmupFraction == null ? 0.01 : warmupFraction;
    decayFraction = decayFraction == null ? 0.2 : decayFraction;
    finalFraction = finalFraction == null ? 0.0 : finalFraction;
  }

  /** The defaults. */
  static ScheduleSpec standard() {
    return new ScheduleSpec(ScheduleType.Constant, 0.01, 0.2, 0.0);
  }
}
