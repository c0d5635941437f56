package dev.isoflop.api.v1alpha1.training;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/** AdamW (Loshchilov and Hutter, arXiv 1711.05101). */
public record OptimizerSpec(
    @Min(0)
        @Max(10)
        @Default("1.0E-4")
        @JsonPropertyDescription("Learning rate after the warm-up, the same for every size.")
        Double learningRate,
    @Min(0) @Max(1) @Default("0.9") @JsonPropertyDescription("Decay of the mean gradient.")
        Double beta1,
    @Min(0) @Max(1) @Default("0.95") @JsonPropertyDescription("Decay of the mean squared gradient.")
        Double beta2,
    @Min(0)
        @Max(1)
        @Default("1.0E-8")
        @JsonPropertyDescription("Added to the root of the mean squared gradient.")
        Double epsilon,
    @Min(0)
        @Max(10)
        @Default("0.01")
        @JsonPropertyDescription("Decoupled weight decay, times the learning rate a step.")
        Double weightDecay) {

  public OptimizerSpec {
    learningRate = learningRate == null ? 1e-4 : learningRate;
    beta1 = beta1 == null ? 0.9 : beta1;
    beta2 = beta2 == null ? 0.95 : beta2;
    epsilon = epsilon == null ? 1e-8 : epsilon;
    weightDecay = weightDecay == null ? 0.01 : weightDecay;
  }
}
