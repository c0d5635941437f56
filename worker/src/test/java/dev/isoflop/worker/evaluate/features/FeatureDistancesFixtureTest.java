package dev.isoflop.worker.evaluate.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.pytorch.engine.PtNDManager;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.isoflop.worker.torch.TorchRuntime;
import java.io.IOException;
import java.io.InputStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Distances against pytorch-fid's and against the definition; see feature_distances.py. */
class FeatureDistancesFixtureTest {
  static Stream<JsonNode> cases() throws IOException {
    try (InputStream json =
        FeatureDistancesFixtureTest.class.getResourceAsStream("feature_distances.json")) {
      JsonNode cases = new ObjectMapper().readTree(json);
      assertThat(cases.size()).isGreaterThan(10);
      return StreamSupport.stream(cases.spliterator(), false);
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void equals(JsonNode expected) throws IOException {
    int dimensions = expected.get("dimensions").intValue();
    FeatureRows real = rows(expected, 0, dimensions);
    FeatureRows generated = rows(expected, 1, dimensions);
    try (PtNDManager manager = TorchRuntime.start(1).newManager();
        FeatureMath math = new FeatureMath(manager)) {
      if (expected.get("distance").textValue().equals("Frechet")) {
        double pytorchFid = expected.get("pytorchFid").doubleValue();
        int ddof = expected.get("ddof").intValue();
        double value = new FrechetDistance(math, ddof).between(real, generated).value();
        close(value, expected.get("value").doubleValue());
        // Its own error where covariances are singular: the root of a product that is not
        // symmetric.
        assertThat(value).isCloseTo(pytorchFid, within(1e-6 * Math.max(1, pytorchFid)));
      } else {
        Distance distance = new KernelDistance(math).between(real, generated);
        assertThat(KernelDistance.blocks(real.count()))
            .isEqualTo(expected.get("blocks").intValue());
        close(distance.value(), expected.get("value").doubleValue());
        close(distance.standardError(), expected.path("standardError").asDouble(Double.NaN));
      }
    }
  }

  private static FeatureRows rows(JsonNode of, int set, int dimensions) {
    return ArrayRows.of(
        of.get("kinds").get(set).textValue(), of.get("rows").get(set).intValue(), dimensions);
  }

  private static void close(double value, double expected) {
    if (Double.isNaN(expected)) {
      assertThat(value).isNaN();
    } else {
      assertThat(value).isCloseTo(expected, within(1e-11 * Math.max(1, Math.abs(expected))));
    }
  }
}
