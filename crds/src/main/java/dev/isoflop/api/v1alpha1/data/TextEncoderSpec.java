package dev.isoflop.api.v1alpha1.data;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** Encoder that turns captions into token features. */
public record TextEncoderSpec(
    @Default("Hashed") @JsonPropertyDescription("Hashed, MiniLM, TorchScript or Precomputed.")
        TextEncoderType type,
    @Min(1)
        @Max(4096)
        @Default("32")
        @JsonPropertyDescription(
            "Text tokens of a caption; longer ones are cut, shorter ones padded.")
        Integer tokens,
    @Min(1)
        @Max(65536)
        @Default("64")
        @JsonPropertyDescription("Features of a text token; 384 for MiniLM.")
        Integer width,
    @Size(min = 1, max = 2048)
        @JsonPropertyDescription(
            "The TorchScript file, tokenizer.json beside it; required for TorchScript alone.")
        @Nullable String uri,
    @Size(min = 64, max = 64)
        @Pattern("^[0-9a-f]{64}$")
        @JsonPropertyDescription("Digest of the TorchScript file, without which it does not run.")
        @Nullable String sha256) {

  public TextEncoderSpec {
    type = type == null ? TextEncoderType.Hashed : type;
    tokens = tokens == null ? 32 : tokens;
    width = width == null ? 64 : width;
  }

  /** An encoder that needs no file. */
  public TextEncoderSpec(TextEncoderType type, Integer tokens, Integer width) {
    this(type, tokens, width, null, null);
  }
}
