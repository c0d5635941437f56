package dev.isoflop.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/** How the learning rate moves. */
public record ScheduleSpec(
    @Default("Constant") @JsonPropertyDescription("Constant, Cosine or WarmupStableDecay.")
        ScheduleType type,
    @Min(0)
        @Max(1)
        @Default("0.01")
        @JsonPropertyDescription(
            "Share of the steps in which the learning rate rises linearly from zero.")
        Double warmupFraction) {

  public ScheduleSpec {
    type = type == null ? ScheduleType.Constant : type;
    warmupFraction = warmupFraction == null ? 0.01 : warmupFraction;
  }
}
