package dev.isoflop.api.v1alpha1.training;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.isoflop.api.v1alpha1.bounds.Bounds;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.ValidationRule;

/** Which depths the grid may use. */
@ValidationRule(
    value = "self.min <= self.max",
    fieldPath = ".min",
    reason = "FieldValueInvalid",
    message = "layers.min must not exceed layers.max")
public record LayerRange(
    @Min(1)
        @Max(Bounds.LAYERS)
        @Default("2")
        @JsonPropertyDescription("Fewest layers of a model in the grid.")
        Integer min,
    @Min(1)
        @Max(Bounds.LAYERS)
        @Default("15")
        @JsonPropertyDescription("Most layers of a model in the grid.")
        Integer max) {

  public LayerRange {
    min = min == null ? 2 : min;
    max = max == null ? 15 : max;
  }
}
