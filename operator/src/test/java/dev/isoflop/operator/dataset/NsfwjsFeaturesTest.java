package dev.isoflop.operator.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isoflop.trial.BuiltInExtractor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NsfwjsFeaturesTest {
  private static final String DIGEST_OF_THE_FAKE =
      "dbabd45df2095c08d6a15d1246e1d45ff6687958473bde7bfbf89c5220e178cf";

  @TempDir private Path folder;
  private final List<String> progress = new ArrayList<>();

  private Path make(FakeNetwork network, String digest)
      throws IOException, DatasetException, InterruptedException {
    Path file = folder.resolve("made/features.pt");
    new NsfwjsFeatures(network.pin(folder), digest, network, progress::add)
        .make(file, folder.resolve("cache"), List.of());
    return file;
  }

  private static byte[] entry(Path file, String name) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile());
        InputStream content = zip.getInputStream(new ZipEntry("features/" + name))) {
      return content.readAllBytes();
    }
  }

  @Test
  void eachLayerBecomesALineOfTorchScript() throws Exception {
    Path file = make(new FakeNetwork(), DIGEST_OF_THE_FAKE);

    assertThat(new String(entry(file, "code/__torch__.py"), StandardCharsets.UTF_8))
        .isEqualTo(
            """
            # By nobody, MIT
            class Features(Module):
              __parameters__ = ["w_conv2d_1", "b_conv2d_1", "w_conv2d_2", "b_conv2d_2", ]
              __buffers__ = []
              training : bool
              w_conv2d_1 : Tensor
              b_conv2d_1 : Tensor
              w_conv2d_2 : Tensor
              b_conv2d_2 : Tensor
              def forward(self: __torch__.Features, img: Tensor) -> Tensor:
                edge = torch.size(img, 2)
                if edge < 107:
                  edge = 107
                if edge > 299:
                  edge = 299
                pixels = torch.to(img, 6, False, False, None)
                resized = torch._upsample_bilinear2d_aa(pixels, [edge, edge], False, None, None)
                image = torch.div(resized, 255.)
                v_conv2d_1 = torch.conv2d(image, self.w_conv2d_1, self.b_conv2d_1, [2, 2], [0, 0], [1, 1], 1)
                v_activation_1 = torch.relu(v_conv2d_1)
                v_max_1 = torch.max_pool2d(v_activation_1, [3, 3], [2, 2], [0, 0], [1, 1], False)
                v_average_1 = torch.avg_pool2d(v_max_1, [3, 3], [1, 1], [1, 1], False, False, None)
                v_conv2d_2 = torch.conv2d(v_max_1, self.w_conv2d_2, self.b_conv2d_2, [1, 1], [0, 3], [1, 1], 1)
                v_mixed5 = torch.cat([v_average_1, v_conv2d_2], 1)
                return torch.mean(v_mixed5, [2, 3], False, dtype=None)
            """);
  }

  /** Byte i of the fake is 37 i mod 256, and a weight is a quarter of its byte plus a half. */
  @Test
  void normalisationIsFoldedIntoTheConvolution() throws Exception {
    Path file = make(new FakeNetwork(), DIGEST_OF_THE_FAKE);
    ByteBuffer weights = ByteBuffer.wrap(entry(file, "data/0")).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer bias = ByteBuffer.wrap(entry(file, "data/1")).order(ByteOrder.LITTLE_ENDIAN);

    double scale = 1 / Math.sqrt(stored(59) + 0.001); // of output 1: 54 + 2 betas + 2 means + 1
    assertThat(weights.remaining()).isEqualTo(54 * Float.BYTES);
    for (int in = 0; in < 3; in++) {
      for (int place = 0; place < 9; place++) {
        assertThat(weights.getFloat(((1 * 3 + in) * 9 + place) * Float.BYTES))
            .isEqualTo((float) (stored((place * 3 + in) * 2 + 1) * scale));
      }
    }
    assertThat(bias.getFloat(Float.BYTES)).isEqualTo((float) (stored(55) - stored(57) * scale));
  }

  private static double stored(int byteNumber) {
    return (byteNumber * 37 & 0xff) * 0.25 + 0.5;
  }

  @Test
  void theFileIsMadeOnce() throws Exception {
    make(new FakeNetwork(), DIGEST_OF_THE_FAKE);
    progress.clear();

    assertThat(make(new FakeNetwork(), DIGEST_OF_THE_FAKE)).isRegularFile();
    assertThat(progress).singleElement().asString().endsWith("features.pt is there already");
  }

  @Test
  void aFileOfAnotherDigestIsNotKept() throws IOException {
    assertThatThrownBy(() -> make(new FakeNetwork(), BuiltInExtractor.SHA256))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining(
            "the converted network has the digest "
                + DIGEST_OF_THE_FAKE
                + ", not "
                + BuiltInExtractor.SHA256);
    try (Stream<Path> left = Files.list(folder.resolve("made"))) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void whatItDoesNotKnowIsRefused() {
    refused(
        new FakeNetwork().instead("max_1", "Lambda", "activation_1", "x:1"), "max_1 is a Lambda");
    refused(
        new FakeNetwork().instead("activation_1", "Activation", "bn_1", "activation:\"elu\""),
        "activation_1 is not a ReLU");
    refused(
        new FakeNetwork().instead("bn_2", "BatchNormalization", "conv2d_2", "scale:!0"),
        "bn_2 has a scale");
    refused(
        new FakeNetwork().instead("mixed5", "Concatenate", "average_1,dense_1", "axis:3"),
        "mixed5 takes dense_1, which comes later");
    refused(new FakeNetwork().without("mixed5"), "there is no layer mixed5");
    refused(new FakeNetwork().withoutLastBytes(1), "the weights end within bn_2/moving_variance");
  }

  private void refused(FakeNetwork network, String problem) {
    assertThatThrownBy(() -> make(network, DIGEST_OF_THE_FAKE))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining(problem)
        .hasMessageEndingWith("use the pinned version");
  }
}
