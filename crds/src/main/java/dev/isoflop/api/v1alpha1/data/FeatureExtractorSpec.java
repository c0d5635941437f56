package dev.isoflop.api.v1alpha1.data;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The network whose features are compared. A TorchScript file is code: it runs only with the digest
 * given here.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FeatureExtractorSpec(
    @Default("TorchScript")
        @JsonPropertyDescription(
            "TorchScript (a file, as FID and KID need) or NsfwjsMixed5 (made by ./isoflop data"
                + " features).")
        FeatureExtractorType type,
    @Size(min = 1, max = 2048)
        @JsonPropertyDescription(
            "Where the file is; data/features/nsfwjs-mixed5.pt for NsfwjsMixed5.")
        @Nullable String uri,
    @Size(min = 64, max = 64)
        @Pattern("^[0-9a-f]{64}$")
        @JsonPropertyDescription("SHA-256 of the file; required for TorchScript.")
        @Nullable String sha256,
    @Default("Inception")
        @JsonPropertyDescription(
            "How a TorchScript file is called: Inception (as NVIDIA's file) or Plain (the images"
                + " alone).")
        FeatureSignature signature,
    @Default("Inside")
        @JsonPropertyDescription(
            "What resizes the images: Inside (the file), or Bilinear or Bicubic to size,"
                + " antialiased.")
        FeatureResize resize,
    @Min(1)
        @Max(4096)
        @JsonPropertyDescription("Edge of the images after Bilinear or Bicubic, in pixels.")
        @Nullable Integer size,
    @Default("Bytes")
        @JsonPropertyDescription(
            "Range of the pixels: Bytes (0 to 255), Signed (-1 to 1), Unit (0 to 1).")
        PixelScale scale,
    @Size(min = 3, max = 3)
        @JsonPropertyDescription(
            "Subtracted from red, green and blue after scale; none by default.")
        @Nullable List<Double> mean,
    @Size(min = 3, max = 3)
        @JsonPropertyDescription("Divides red, green and blue after mean; none by default.")
        @Nullable List<Double> std,
    @Min(0)
        @Max(1)
        @Default("1")
        @JsonPropertyDescription("Covariances divide by N - ddof: 1 as pytorch-fid, 0 as NVIDIA.")
        Integer ddof) {

  public FeatureExtractorSpec {
    type = type == null ? FeatureExtractorType.TorchScript : type;
    signature = signature == null ? FeatureSignature.Inception : signature;
    resize = resize == null ? FeatureResize.Inside : resize;
    scale = scale == null ? PixelScale.Bytes : scale;
    mean = mean == null ? null : List.copyOf(mean);
    std = std == null ? null : List.copyOf(std);
    ddof = ddof == null ? 1 : ddof;
  }

  /** An extractor with all else as it is by default. */
  public static FeatureExtractorSpec of(
      FeatureExtractorType type, @Nullable String uri, @Nullable String sha256) {
    return new FeatureExtractorSpec(
        type,
        uri,
        sha256,
        FeatureSignature.Inception,
        FeatureResize.Inside,
        null,
        PixelScale.Bytes,
        null,
        null,
        1);
  }
}
