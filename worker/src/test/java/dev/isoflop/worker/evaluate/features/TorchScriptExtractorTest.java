package dev.isoflop.worker.evaluate.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.isoflop.api.v1alpha1.data.FeatureExtractorSpec;
import dev.isoflop.api.v1alpha1.data.FeatureExtractorType;
import dev.isoflop.api.v1alpha1.data.FeatureResize;
import dev.isoflop.api.v1alpha1.data.PixelScale;
import dev.isoflop.trial.BuiltInExtractor;
import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.torch.TorchRuntime;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TorchScriptExtractorTest {
  @TempDir private Path folder;
  private final PtNDManager manager = TorchRuntime.start(1).newManager();

  @AfterEach
  void close() {
    manager.close();
  }

  private Path flat() throws IOException {
    return TestExtractors.plain(folder.resolve("flat.pt"), "img.reshape([img.size(0), -1])");
  }

  /** What becomes of images {@code [count, 3, size, size]} whose values count up from 0. */
  private float[] features(FeatureExtractorSpec spec, int count, int size) throws DataException {
    float[] values = new float[count * 3 * size * size];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % 256;
    }
    return features(spec, values, count, size);
  }

  private float[] features(FeatureExtractorSpec spec, float[] values, int count, int size)
      throws DataException {
    try (FeatureExtractor extractor = TorchScriptExtractor.open(manager, spec);
        PtNDArray images = (PtNDArray) manager.create(values, new Shape(count, 3, size, size));
        PtNDArray features = extractor.features(images)) {
      assertThat(features.getShape().get(0)).isEqualTo(count);
      return features.toFloatArray();
    }
  }

  @Test
  void aFileThatIsCalledAsNvidiasIsAskedForFeaturesInFullPrecision() throws Exception {
    Path file = TestExtractors.inception(folder.resolve("inception.pt"));
    FeatureExtractorSpec spec =
        FeatureExtractorSpec.of(
            FeatureExtractorType.TorchScript, file.toString(), TestExtractors.sha256(file));

    assertThat(features(spec, 2, 2)).containsExactly(1.5f, 5.5f, 9.5f, 13.5f, 17.5f, 21.5f);
  }

  @Test
  void pixelsComeInTheRangeThatIsSet() throws Exception {
    Path file = flat();

    assertThat(features(TestExtractors.spec(file, PixelScale.Bytes), 1, 10)).contains(0, 255);
    assertThat(features(TestExtractors.spec(file, PixelScale.Unit), 1, 10))
        .contains(0, 1)
        .contains(51 / 255f);
    assertThat(features(TestExtractors.spec(file, PixelScale.Signed), 1, 10))
        .contains(-1, 1)
        .contains(51 / 127.5f - 1);
  }

  @Test
  void coloursAreNormalisedAsAnImageEncoderWantsIt() throws Exception {
    FeatureExtractorSpec spec =
        TestExtractors.spec(
            flat(),
            FeatureResize.Inside,
            null,
            PixelScale.Unit,
            List.of(0.1, 0.2, 0.3),
            List.of(0.5, 2.0, 4.0));

    assertThat(features(spec, new float[] {255, 51, 0}, 1, 1))
        .containsExactly(new float[] {0.9f / 0.5f, 0, -0.3f / 4}, within(1e-6f));
  }

  @Test
  void resizesAsPillowDoesInFloatingPoint() throws Exception {
    float[] picture = new float[3 * 12 * 12];
    for (int i = 0; i < picture.length; i++) {
      int x = i % 12;
      int y = i / 12 % 12;
      picture[i] = (x * x * 7 + y * 29 + x * y * 5) % 256;
    }
    try (InputStream json = getClass().getResourceAsStream("feature_resize.json")) {
      JsonNode cases = new ObjectMapper().readTree(json);
      assertThat(cases).isNotEmpty();
      for (JsonNode expected : cases) {
        int size = expected.get("size").intValue();
        FeatureResize resize = FeatureResize.valueOf(expected.get("resize").textValue());
        float[] resized =
            features(
                TestExtractors.spec(flat(), resize, size, PixelScale.Bytes, null, null),
                picture,
                1,
                12);
        double sum = 0;
        for (int i = 0; i < size * size; i++) {
          sum += resized[i];
        }
        assertThat(resized).hasSize(3 * size * size);
        assertThat(sum).isCloseTo(expected.get("sum").doubleValue(), within(0.05));
        for (int i = 0; i < size; i++) {
          assertThat((double) resized[i * size + (i * 2) % size])
              .isCloseTo(expected.get("diagonal").get(i).doubleValue(), within(2e-3));
        }
      }
    }
  }

  @Test
  void aPlaneOfOnePixelIsAVector() throws Exception {
    Path file =
        TestExtractors.plain(folder.resolve("plane.pt"), "img.mean([2, 3]).reshape([-1, 3, 1, 1])");

    assertThat(features(TestExtractors.spec(file, PixelScale.Bytes), 2, 2)).hasSize(6);
  }

  @Test
  void refusesFilesThatAreNoExtractors() throws Exception {
    FeatureExtractorSpec total =
        TestExtractors.spec(
            TestExtractors.plain(folder.resolve("sum.pt"), "img.sum()"), PixelScale.Bytes);
    FeatureExtractorSpec failing =
        TestExtractors.spec(
            TestExtractors.plain(folder.resolve("view.pt"), "img.reshape([-1, 7])"),
            PixelScale.Bytes);

    assertThatThrownBy(() -> features(total, 2, 2))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "evaluation.featureExtractor: the network gives () for 2 images, and not [B, D]; give a"
                + " file whose forward returns a vector for each image");
    assertThatThrownBy(() -> features(failing, 2, 2))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("the network fails on images of (2, 3, 2, 2)")
        .hasMessageEndingWith("check signature, resize and size");
  }

  @Test
  void refusesAnotherFileThanTheManifestMeans() throws Exception {
    FeatureExtractorSpec pinned = TestExtractors.spec(flat(), PixelScale.Bytes);
    TestExtractors.plain(folder.resolve("flat.pt"), "img.mean([2, 3])");

    assertThatThrownBy(() -> TorchScriptExtractor.open(manager, pinned))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("evaluation.featureExtractor.sha256: ");
  }

  @Test
  void theBuiltInExtractorTakesNoOtherFile() throws Exception {
    FeatureExtractorSpec other =
        FeatureExtractorSpec.of(FeatureExtractorType.NsfwjsMixed5, flat().toString(), null);

    assertThatThrownBy(() -> TorchScriptExtractor.open(manager, other))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("not " + BuiltInExtractor.SHA256);
  }

  @Test
  void tellsHowTheBuiltInExtractorIsMade() {
    FeatureExtractorSpec builtIn =
        FeatureExtractorSpec.of(FeatureExtractorType.NsfwjsMixed5, null, null);

    // Tests run in the module's folder, where nobody makes it.
    assertThatThrownBy(() -> TorchScriptExtractor.open(manager, builtIn))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("nsfwjs-mixed5.pt'")
        .hasMessageEndingWith("make it with ./isoflop data features");
  }
}
