package dev.isoflop.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.isoflop.api.v1alpha1.data.DataSpec;
import dev.isoflop.api.v1alpha1.training.EvaluationSpec;
import dev.isoflop.trial.BuiltInExtractor;
import dev.isoflop.trial.TrialJson;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FeatureRulesTest {
  private static final String PICTURES = "{\"evaluation\": [{}]}";

  private static final String FILE =
      "type: TorchScript, uri: /a.pt, sha256: " + "0123456789abcdef".repeat(4);

  private static List<String> broken(String metrics, String extractor) {
    return broken(PICTURES, metrics, extractor, 100);
  }

  /** With an extractor in the notation of a manifest, without quotes. */
  private static List<String> broken(String data, String metrics, String extractor, int samples) {
    String json =
        "{metrics: [%s], samples: %d%s}"
            .formatted(
                metrics,
                samples,
                extractor.isEmpty() ? "" : ", featureExtractor: {" + extractor + "}");
    String quoted = json.replaceAll("(?<![\\w./-])([a-zA-Z/][\\w./-]*|[0-9a-f]{64})", "\"$1\"");
    try {
      return FeatureRules.broken(
              TrialJson.MAPPER.readValue(data, DataSpec.class),
              TrialJson.MAPPER.readValue(quoted, EvaluationSpec.class))
          .stream()
          .map(each -> each.field() + ": " + each.problem() + "; " + each.remedy())
          .toList();
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(quoted, e);
    }
  }

  /** Told by the planner, too, before any worker starts. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"evaluation\": [{}, {\"latents\": {}}]}",
        "{\"evaluation\": [{}], \"autoencoder\": {\"type\": \"TorchScript\"}}"
      })
  void featuresAreOfPictures(String latents) {
    assertThat(broken(latents, "ValidationLoss", "", 100)).isEmpty();
    assertThat(broken(latents, "FrechetDistance", "type: NsfwjsMixed5", 100))
        .containsExactly(
            "evaluation.metrics: features are of pictures, and models of this data see latents;"
                + " leave out FID, KID, FrechetDistance and KernelDistance");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "resize: Bicubic, size: 224, scale: Unit, mean: [0.4, 0.5, 0.4], std: [0.2, 0.3, 0.2]",
        "signature: Plain, ddof: 0"
      })
  void everyMetricTakesAFile(String more) {
    assertThat(
            broken(
                "FID, KID, FrechetDistance, KernelDistance",
                FILE + (more.isEmpty() ? "" : ", " + more)))
        .isEmpty();
  }

  @Test
  void theBuiltInNetworkServesWhatIsNotNamedAfterAnother() {
    assertThat(broken("FrechetDistance, KernelDistance", "type: NsfwjsMixed5")).isEmpty();
    assertThat(broken("FrechetDistance, KID", "type: NsfwjsMixed5"))
        .containsExactly(
            "evaluation.featureExtractor: FID and KID are named after a published network, and"
                + " NsfwjsMixed5 is another; give type TorchScript with uri and sha256 of its file,"
                + " or measure FrechetDistance and KernelDistance");
  }

  @Test
  void noMetricOfFeaturesNeedsNoNetwork() {
    assertThat(broken(PICTURES, "ValidationLoss, VLB, Likelihood", "", 1)).isEmpty();
  }

  @Test
  void aMetricOfFeaturesNeedsANetwork() {
    assertThat(broken("ValidationLoss, KernelDistance, FrechetDistance", ""))
        .containsExactly(
            "evaluation.featureExtractor: is missing, and KernelDistance, FrechetDistance compare"
                + " features; give {type: NsfwjsMixed5}, or type TorchScript with uri and sha256 of"
                + " a file");
    assertThat(broken("FID", ""))
        .singleElement()
        .asString()
        .startsWith("evaluation.featureExtractor: FID and KID are named after");
  }

  @Test
  void oneSampleHasNoCovariance() {
    assertThat(broken(PICTURES, "FID", FILE, 1))
        .containsExactly(
            "evaluation.samples: 1 sample has no covariance; give many more than features");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          resize: Bilinear|.size: is missing; give the edge in pixels that resize Bilinear makes
          size: 224|.size: is given, but the file resizes; remove it, or set resize
          std: [1, 0, 1]|.std: is [1.0, 0.0, 1.0]; give 3 positive numbers, for red, green and blue
          """)
  void settingsThatCannotWorkAreNamed(String setting, String problem) {
    assertThat(broken("FID", FILE + ", " + setting))
        .containsExactly("evaluation.featureExtractor" + problem);
  }

  @Test
  void aFileIsCodeAndNeedsItsDigest() {
    assertThat(broken("FID", "type: TorchScript"))
        .containsExactly(
            "evaluation.featureExtractor.uri: is missing; say where the TorchScript file is",
            "evaluation.featureExtractor.sha256: is missing; give the 64 hexadecimal digits of"
                + " sha256sum; a TorchScript file is code");
  }

  @Test
  void theBuiltInNetworkTakesNoOtherFileAndPreparesImagesItself() {
    assertThat(broken("FrechetDistance", "type: NsfwjsMixed5, sha256: " + BuiltInExtractor.SHA256))
        .isEmpty();
    assertThat(broken("FrechetDistance", "type: NsfwjsMixed5, sha256: " + "a".repeat(64)))
        .containsExactly(
            "evaluation.featureExtractor.sha256: "
                + "a".repeat(64)
                + " is not the digest of NsfwjsMixed5; remove it, or set type TorchScript");
    assertThat(broken("FrechetDistance", "type: NsfwjsMixed5, scale: Unit"))
        .containsExactly(
            "evaluation.featureExtractor: resize, size, scale, mean or std is given, but"
                + " NsfwjsMixed5 prepares images itself; remove them");
  }
}
