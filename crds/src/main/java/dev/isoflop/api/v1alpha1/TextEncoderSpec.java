package dev.isoflop.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/** What turns captions into token features. */
public record TextEncoderSpec(
    @Default("Hashed") @JsonPropertyDescription("Hashed, MiniLM, TorchScript or Precomputed.")
        TextEncoderType type,
    @Min(1)
        @Max(4096)
        @Default("32")
        @JsonPropertyDescription(
            "Text tokens of a caption; longer ones are cut, shorter ones padded.")
        Integer tokens,
    @Min(1) @Max(65536) @Default("64") @JsonPropertyDescription("Features of a text token.")
        Integer width) {

  public TextEncoderSpec {
    type = type == null ? TextEncoderType.Hashed : type;
    tokens = tokens == null ? 32 : tokens;
    width = width == null ? 64 : width;
  }
}
