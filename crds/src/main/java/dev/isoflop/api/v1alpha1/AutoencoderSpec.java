package dev.isoflop.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;

/** What turns images into what the model sees. */
public record AutoencoderSpec(
    @Default("None") @JsonPropertyDescription("None (pixels, or latents as stored) or TorchScript.")
        AutoencoderType type) {

  public AutoencoderSpec {
    type = type == null ? AutoencoderType.None : type;
  }
}
