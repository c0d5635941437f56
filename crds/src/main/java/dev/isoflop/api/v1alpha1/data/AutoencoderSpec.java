package dev.isoflop.api.v1alpha1.data;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/**
 * Autoencoder that turns images into the model's inputs. With TorchScript, {@code data.imageSize}
 * and {@code data.channels} are those of the latents; images are made {@code downsampling} times as
 * large.
 */
public record AutoencoderSpec(
    @Default("None") @JsonPropertyDescription("None (pixels, or latents as stored) or TorchScript.")
        AutoencoderType type,
    @Size(min = 1, max = 2048)
        @JsonPropertyDescription("The TorchScript file; required for TorchScript alone.")
        @Nullable String uri,
    @Size(min = 64, max = 64)
        @Pattern("^[0-9a-f]{64}$")
        @JsonPropertyDescription("Digest of the TorchScript file, without which it does not run.")
        @Nullable String sha256,
    @Min(1)
        @Max(64)
        @Default("8")
        @JsonPropertyDescription(
            "Pixels on the edge of a latent cell: images are data.imageSize times as many pixels.")
        Integer downsampling,
    @Default("1.0")
        @JsonPropertyDescription(
            "The model sees (z - shift) * scaleFactor, z as the autoencoder gives it; 0.18215 for"
                + " the autoencoder of Stable Diffusion 1.")
        Double scaleFactor,
    @Default("0.0") @JsonPropertyDescription("What is subtracted before scaling.") Double shift) {

  public AutoencoderSpec {
    type = type == null ? AutoencoderType.None : type;
    downsampling = downsampling == null ? 8 : downsampling;
    scaleFactor = scaleFactor == null ? 1.0 : scaleFactor;
    shift = shift == null ? 0.0 : shift;
  }

  /** An autoencoder that needs no file. */
  public AutoencoderSpec(AutoencoderType type) {
    this(type, null, null, 8, 1.0, 0.0);
  }
}
