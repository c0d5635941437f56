package dev.isoflop.api.v1alpha1.training;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/** Distribution of training times, t = sigmoid(location + scale * normal). */
public record TimestepSpec(
    @Min(-10) @Max(10) @Default("0.0") @JsonPropertyDescription("Mean of logit(t).")
        Double location,
    @Min(0) @Max(10) @Default("1.0") @JsonPropertyDescription("Standard deviation of logit(t).")
        Double scale) {

  public TimestepSpec {
    location = location == null ? 0.0 : location;
    scale = scale == null ? 1.0 : scale;
  }
}
