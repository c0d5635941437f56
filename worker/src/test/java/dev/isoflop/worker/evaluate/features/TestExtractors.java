package dev.isoflop.worker.evaluate.features;

import dev.isoflop.api.v1alpha1.data.FeatureExtractorSpec;
import dev.isoflop.api.v1alpha1.data.FeatureExtractorType;
import dev.isoflop.api.v1alpha1.data.FeatureResize;
import dev.isoflop.api.v1alpha1.data.FeatureSignature;
import dev.isoflop.api.v1alpha1.data.PixelScale;
import dev.isoflop.common.Sha256;
import dev.isoflop.worker.torch.TorchScriptArchive;
import dev.isoflop.worker.torch.TorchScriptSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** TorchScript files that stand in for networks. */
public final class TestExtractors {
  private TestExtractors() {}

  /** Writes a network of one expression in {@code img}. */
  public static Path plain(Path file, String expression) throws IOException {
    return write(
        file, "    def forward(self, img: Tensor) -> Tensor:\n        return " + expression);
  }

  /** Writes a network that is called as NVIDIA's file is, and shows with what. */
  public static Path inception(Path file) throws IOException {
    return write(
        file,
        """
            def forward(self, img: Tensor, return_features: bool=False, use_fp16: bool=False,
                        no_output_bias: bool=False) -> Tensor:
                features = img.mean([2, 3])
                if not return_features:
                    features = -features
                if use_fp16 or no_output_bias:
                    features = features * 100.0
                return features
        """);
  }

  private static Path write(Path file, String method) throws IOException {
    String text = "import torch\n\nclass Network(torch.nn.Module):\n" + method + "\n";
    TorchScriptArchive archive =
        new TorchScriptArchive(
            "network", "Network", new TreeMap<>(), List.of(new TorchScriptSource("network", text)));
    return Files.write(file, archive.toBytes());
  }

  /** The spec of a plain network that takes pixels in a range. */
  public static FeatureExtractorSpec spec(Path file, PixelScale scale) throws IOException {
    return spec(file, FeatureResize.Inside, null, scale, null, null);
  }

  static FeatureExtractorSpec spec(
      Path file,
      FeatureResize resize,
      @Nullable Integer size,
      PixelScale scale,
      @Nullable List<Double> mean,
      @Nullable List<Double> std)
      throws IOException {
    return new FeatureExtractorSpec(
        FeatureExtractorType.TorchScript,
        file.toString(),
        sha256(file),
        FeatureSignature.Plain,
        resize,
        size,
        scale,
        mean,
        std,
        1);
  }

  /** The digest of a file as a manifest states it. */
  public static String sha256(Path file) throws IOException {
    MessageDigest digest = Sha256.start();
    digest.update(Files.readAllBytes(file));
    return Sha256.finish(digest).substring("sha256:".length());
  }
}
