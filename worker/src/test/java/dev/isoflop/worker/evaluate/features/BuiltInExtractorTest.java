package dev.isoflop.worker.evaluate.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.isoflop.api.v1alpha1.data.FeatureExtractorSpec;
import dev.isoflop.api.v1alpha1.data.FeatureExtractorType;
import dev.isoflop.trial.BuiltInExtractor;
import dev.isoflop.worker.torch.TorchRuntime;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The built-in extractor against TensorFlow.js; see nsfwjs_features.js. */
class BuiltInExtractorTest {
  @Test
  void givesTheFeaturesThatTensorFlowJsGives() throws Exception {
    Path file = Path.of("..").resolve(BuiltInExtractor.FILE);
    assumeTrue(
        Files.exists(file), "there is no " + BuiltInExtractor.FILE + ": ./isoflop data features");
    FeatureExtractorSpec spec =
        FeatureExtractorSpec.of(FeatureExtractorType.NsfwjsMixed5, file.toString(), null);
    try (InputStream json = getClass().getResourceAsStream("nsfwjs_features.json");
        PtNDManager manager = TorchRuntime.start(1).newManager();
        FeatureExtractor extractor = TorchScriptExtractor.open(manager, spec)) {
      JsonNode cases = new ObjectMapper().readTree(json);
      assertThat(cases).isNotEmpty();
      for (JsonNode expected : cases) {
        int size = expected.get("size").intValue();
        try (PtNDArray images = image(manager, size);
            PtNDArray features = extractor.features(images)) {
          float[] values = features.toFloatArray();
          assertThat(values).hasSize(BuiltInExtractor.FEATURES);
          double sum = 0;
          for (float value : values) {
            sum += value;
          }
          assertThat(sum).isCloseTo(expected.get("sum").doubleValue(), within(1e-3));
          for (int i = 0; i < values.length; i += 8) {
            assertThat((double) values[i])
                .isCloseTo(expected.get("every8th").get(i / 8).doubleValue(), within(1e-5));
          }
        }
      }
    }
  }

  private static PtNDArray image(PtNDManager manager, int size) {
    float[] values = new float[3 * size * size];
    for (int c = 0; c < 3; c++) {
      for (int y = 0; y < size; y++) {
        for (int x = 0; x < size; x++) {
          values[(c * size + y) * size + x] =
              (x * x * 3 + y * 5 + x * y * 2 + c * 40 + y / 9 * 31) % 256;
        }
      }
    }
    return (PtNDArray) manager.create(values, new Shape(1, 3, size, size));
  }
}
