package dev.isoflop.api.v1alpha1.training;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.isoflop.api.v1alpha1.bounds.Durations;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** Training of every model. */
public record TrainingSpec(
    @Min(1)
        @Max(1048576)
        @Default("1024")
        @JsonPropertyDescription("Samples of one optimizer step.")
        Integer batchSize,
    @Min(1)
        @Max(1048576)
        @JsonPropertyDescription(
            "Samples whose activations are in memory at once; a step adds up the gradients of its"
                + " batch in portions of this size. Absent for the whole batch.")
        @Nullable Integer microBatch,
    @Default("false")
        @JsonPropertyDescription(
            "Whether to keep only the input of each block, and to compute its activations again in"
                + " the backward pass: less memory for about a third more time. FLOPs and"
                + " utilisation count the model's work once.")
        Boolean activationCheckpointing,
    @Default("{}") @JsonPropertyDescription("AdamW and its constants.") OptimizerSpec optimizer,
    @Default("{}") @JsonPropertyDescription("How the learning rate moves.") ScheduleSpec schedule,
    @Default("{}") @JsonPropertyDescription("Distribution of training times (logit-normal).")
        TimestepSpec timesteps,
    @Min(0)
        @Max(1)
        @Default("0.1")
        @JsonPropertyDescription(
            "Share of samples that train without their caption, for guidance; 1 for models without"
                + " captions.")
        Double captionDropout,
    @Min(0)
        @Default("1.0")
        @JsonPropertyDescription("Largest global norm of the gradient; 0 for no clipping.")
        Double gradientClip,
    @Min(0)
        @Max(1)
        @Default("0.9999")
        @JsonPropertyDescription(
            "Decay of the moving average of the weights; early steps use (1 + step) / (10 + step)"
                + " if that is smaller, so the average reaches back over about a ninth of a short"
                + " run.")
        Double emaDecay,
    @Default("Auto") @JsonPropertyDescription("Auto, FP32 or BF16.") Precision precision,
    @Size(max = 32)
        @Pattern(Durations.PATTERN)
        @Default("PT10M")
        @JsonPropertyDescription("Time between checkpoints, such as PT10M.")
        String checkpointInterval,
    @Min(0)
        @Default("0")
        @JsonPropertyDescription("Seed of initial weights, data order, noise and times.")
        Long seed) {

  public TrainingSpec {
    batchSize = batchSize == null ? 1024 : batchSize;
    activationCheckpointing = activationCheckpointing != null && activationCheckpointing;
    optimizer = optimizer == null ? new OptimizerSpec(1e-4, 0.9, 0.95, 1e-8, 0.01) : optimizer;
    schedule = schedule == null ? ScheduleSpec.standard() : schedule;
    timesteps = timesteps == null ? new TimestepSpec(0.0, 1.0) : timesteps;
    captionDropout = captionDropout == null ? 0.1 : captionDropout;
    gradientClip = gradientClip == null ? 1.0 : gradientClip;
    emaDecay = emaDecay == null ? 0.9999 : emaDecay;
    precision = precision == null ? Precision.Auto : precision;
    checkpointInterval = checkpointInterval == null ? "PT10M" : checkpointInterval;
    seed = seed == null ? 0L : seed;
  }

  /** Samples that a step computes at once. */
  public int portion() {
    return microBatch == null ? batchSize : Math.min(microBatch, batchSize);
  }

  /** The defaults. */
  public static TrainingSpec standard() {
    return new TrainingSpec(
        1024,
        null,
        false,
        new OptimizerSpec(1e-4, 0.9, 0.95, 1e-8, 0.01),
        ScheduleSpec.standard(),
        new TimestepSpec(0.0, 1.0),
        0.1,
        1.0,
        0.9999,
        Precision.Auto,
        "PT10M",
        0L);
  }
}
