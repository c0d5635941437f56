package dev.isoflop.api.v1alpha1.data;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** Data sets for training and evaluation. */
public record DataSpec(
    @Required @JsonPropertyDescription("The training set.") DatasetSpec train,
    @Required
        @Size(min = 1, max = 8)
        @JsonPropertyDescription(
            "Evaluation sets; the first is the one whose loss the laws are fitted to.")
        List<DatasetSpec> evaluation,
    @Min(1)
        @Max(4096)
        @Default("32")
        @JsonPropertyDescription(
            "Edge of the square input, in pixels or latent cells; images are cropped and resized to"
                + " it, or with a TorchScript autoencoder to it times autoencoder.downsampling.")
        Integer imageSize,
    @Min(1)
        @Max(1024)
        @Default("3")
        @JsonPropertyDescription(
            "Channels of the input: 3 for colour, 1 for grey, of latents those of the autoencoder.")
        Integer channels,
    @Default("{}") @JsonPropertyDescription("What turns captions into token features.")
        TextEncoderSpec textEncoder,
    @Default("{}") @JsonPropertyDescription("What turns images into what the model sees.")
        AutoencoderSpec autoencoder) {

  public DataSpec {
    imageSize = imageSize == null ? 32 : imageSize;
    channels = channels == null ? 3 : channels;
    textEncoder =
        textEncoder == null ? new TextEncoderSpec(TextEncoderType.Hashed, 32, 64) : textEncoder;
    autoencoder = autoencoder == null ? new AutoencoderSpec(AutoencoderType.None) : autoencoder;
  }
}
