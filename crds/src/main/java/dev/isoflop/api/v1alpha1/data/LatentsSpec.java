package dev.isoflop.api.v1alpha1.data;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/**
 * Meaning of the numbers of stored latents. Files do not say it, and a wrong guess trains without a
 * complaint, so every field but the shift must be given. The shape is {@code data.channels} x
 * {@code data.imageSize} x {@code data.imageSize}.
 */
public record LatentsSpec(
    @Required
        @JsonPropertyDescription(
            "Sample (one draw of the autoencoder's posterior) or MeanStd (mean and standard"
                + " deviation, one after the other along the channels; drawn from anew each time).")
        LatentKind kind,
    @Required
        @JsonPropertyDescription(
            "Whether shift and scaleFactor were already applied to what is stored.")
        Boolean scaled,
    @Required
        @JsonPropertyDescription(
            "What the model sees is (z - shift) * scaleFactor, z as the autoencoder gives it;"
                + " 0.18215 for the autoencoder of Stable Diffusion 1.")
        Double scaleFactor,
    @Default("0") @JsonPropertyDescription("What is subtracted before scaling.") Double shift,
    @Required
        @JsonPropertyDescription(
            "Type of the stored numbers: Float16, BFloat16 or Float32; files that say otherwise are"
                + " refused.")
        LatentType dtype,
    @Required
        @Size(min = 1, max = 256)
        @JsonPropertyDescription(
            "Which autoencoder made them: its sha256: digest, or its name and how its input was"
                + " ranged. Sets of one sweep must name the same.")
        String autoencoder) {

  public LatentsSpec {
    shift = shift == null ? 0.0 : shift;
  }
}
