package dev.isoflop.api.v1alpha1.sweep;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/** A guess of the optimal model size, N = coefficient * C^exponent. */
public record PowerLawPrior(
    @Min(0) @Default("9.0E-4") @JsonPropertyDescription("Parameters at one FLOP.")
        Double coefficient,
    @Min(0) @Max(2) @Default("0.568") @JsonPropertyDescription("Growth of parameters with compute.")
        Double exponent) {

  public PowerLawPrior {
    coefficient = coefficient == null ? 9e-4 : coefficient;
    exponent = exponent == null ? 0.568 : exponent;
  }
}
