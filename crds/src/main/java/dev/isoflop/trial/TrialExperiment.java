package dev.isoflop.trial;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.isoflop.api.v1alpha1.data.DataSpec;
import dev.isoflop.api.v1alpha1.training.EvaluationSpec;
import dev.isoflop.api.v1alpha1.training.TrainingSpec;
import dev.isoflop.model.FlopConvention;
import dev.isoflop.model.TransformerShape;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;

/**
 * Everything that decides a trial's numbers, resolved: two equal experiments give equal results.
 */
public record TrialExperiment(
    @Required @Min(1) @JsonPropertyDescription("Training FLOPs planned, C.") double budgetFlops,
    @Required @JsonPropertyDescription("What a FLOP of the budget means.")
        FlopConvention flopConvention,
    @Required @JsonPropertyDescription("The model.") TransformerShape shape,
    @Required @Min(1) @JsonPropertyDescription("Optimizer steps that reach the budget.") long steps,
    @Required
        @Min(0)
        @Max(1023)
        @JsonPropertyDescription("Which repeat of the same point; it shifts the training seed.")
        int repeat,
    @Required @JsonPropertyDescription("What the model reads.") DataSpec data,
    @Required @JsonPropertyDescription("How it is trained.") TrainingSpec training,
    @Required @JsonPropertyDescription("How it is measured.") EvaluationSpec evaluation) {

  /** Samples seen in training, each once unless the data set is smaller. */
  public double samples() {
    return (double) steps * training.batchSize();
  }

  /** D: tokens processed in training. */
  public double tokens() {
    return samples() * shape.tokensPerSample();
  }

  /** FLOPs that {@link #steps} steps really spend; within half a step of the budget. */
  public double flops() {
    return samples() * shape.trainingFlops(flopConvention);
  }
}
