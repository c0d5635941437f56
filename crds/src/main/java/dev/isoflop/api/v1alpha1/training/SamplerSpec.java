package dev.isoflop.api.v1alpha1.training;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/** Sampler of a trained model. */
public record SamplerSpec(
    @Default("Euler") @JsonPropertyDescription("Euler, Heun or Midpoint.") SamplerType type,
    @Min(1)
        @Max(10000)
        @Default("25")
        @JsonPropertyDescription("Integration steps from noise to image.")
        Integer steps,
    @Min(0)
        @Max(100)
        @Default("1.0")
        @JsonPropertyDescription("Classifier-free guidance scale; 1 is none.")
        Double guidance) {

  public SamplerSpec {
    type = type == null ? SamplerType.Euler : type;
    steps = steps == null ? 25 : steps;
    guidance = guidance == null ? 1.0 : guidance;
  }
}
