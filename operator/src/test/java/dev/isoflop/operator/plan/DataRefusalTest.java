package dev.isoflop.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.api.v1alpha1.data.AutoencoderSpec;
import dev.isoflop.api.v1alpha1.data.AutoencoderType;
import dev.isoflop.api.v1alpha1.data.DataFormat;
import dev.isoflop.api.v1alpha1.data.DatasetSpec;
import dev.isoflop.api.v1alpha1.data.LatentKind;
import dev.isoflop.api.v1alpha1.data.LatentType;
import dev.isoflop.api.v1alpha1.data.LatentsSpec;
import dev.isoflop.api.v1alpha1.data.TextEncoderSpec;
import dev.isoflop.api.v1alpha1.data.TextEncoderType;
import dev.isoflop.trial.TrialJson;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataRefusalTest {
  private static final LatentsSpec LATENTS = latents(0.18215, "sd-vae-ft-mse");

  @Test
  void acceptsLatentsThatAreDescribed() {
    Specs specs = latentSpecs(LATENTS, LATENTS);
    specs.textEncoder = new TextEncoderSpec(TextEncoderType.Precomputed, 7, 16);

    assertThat(specs.plan("latents").trials()).isNotEmpty();
  }

  /** Found by the planner, so in a cluster, too, before any worker starts. */
  @Test
  void refusesScenesThatThereAreNot() {
    Specs specs = Specs.small();
    specs.train = new DatasetSpec("scenes", "scenes:soild", DataFormat.Scenes);

    assertThat(specs.refusal())
        .isEqualTo(
            "spec.data.train.uri: there are no scenes 'scenes:soild'; use scenes:solid or"
                + " scenes:sketched, or another format");
    specs.train = new DatasetSpec("scenes", "scenes:solid", DataFormat.WebDataset);
    assertThat(specs.refusal())
        .isEqualTo(
            "spec.data.train.format: is WebDataset, but 'scenes:solid' is drawn and not stored; set"
                + " it to Scenes, or name files");
  }

  @Test
  void asksForEverythingThatFilesDoNotSay() throws Exception {
    LatentsSpec nothing = TrialJson.MAPPER.readValue("{}", LatentsSpec.class);

    List<PlanError> refusals = latentSpecs(nothing, LATENTS).refusals();

    assertThat(refusals).extracting(PlanError::reason).containsOnly("Missing");
    assertThat(refusals)
        .extracting(PlanError::field)
        .containsExactly(
            "data.train.latents.kind",
            "data.train.latents.scaled",
            "data.train.latents.scaleFactor",
            "data.train.latents.dtype",
            "data.train.latents.autoencoder");
    assertThat(refusals.get(4).message())
        .startsWith(
            "spec.data.train.latents.autoencoder: is missing; give it: Which autoencoder made");
  }

  @ParameterizedTest
  @CsvSource({"0", "-1", "NaN", "Infinity"})
  void refusesFactorsThatScaleNothing(double factor) {
    assertThat(latentSpecs(latents(factor, "a"), latents(factor, "a")).refusals())
        .extracting(PlanError::field)
        .containsExactly(
            "data.train.latents.scaleFactor", "data.evaluation[0].latents.scaleFactor");
  }

  @ParameterizedTest
  @CsvSource({"0.18215, sdxl-vae", "0.13025, sd-vae-ft-mse"})
  void refusesToMeasureOnLatentsOfAnotherMeaning(double factor, String autoencoder) {
    assertThat(latentSpecs(LATENTS, latents(factor, autoencoder)).refusal())
        .startsWith("spec.data.evaluation[0].latents: 'measured' holds latents of " + autoencoder)
        .contains("scaled by " + factor, "'trained' holds latents of sd-vae-ft-mse");
  }

  @Test
  void refusesToMeasureLatentModelsOnPictures() {
    Specs specs = latentSpecs(LATENTS, null);
    specs.channels = 3;

    assertThat(specs.refusal())
        .startsWith("spec.data.evaluation[0].latents: 'measured' holds pictures");
  }

  @Test
  void refusesPicturesInShapesThatTheyDoNotHave() {
    Specs specs = Specs.small();
    specs.channels = 4;

    assertThat(specs.refusal())
        .startsWith("spec.data.channels: is 4, but a set of pictures is read")
        .contains("say under latents what is stored");
    specs.channels = 3;
    specs.imageSize = 512;
    assertThat(specs.refusal()).startsWith("spec.data.imageSize: is 512");
  }

  @Test
  void refusesAnAutoencoderForWhatIsEncodedAlready() {
    Specs specs = latentSpecs(LATENTS, LATENTS);
    specs.autoencoder = new AutoencoderSpec(AutoencoderType.TorchScript);

    assertThat(specs.refusals())
        .extracting(PlanError::message)
        .contains(
            "spec.data.train.latents: says that latents are stored, but data.autoencoder encodes"
                + " pictures; remove one of them");
  }

  @ParameterizedTest
  @CsvSource({"Npy", "Safetensors"})
  void refusesFormatsOfLatentsWithoutTheirMeaning(DataFormat format) {
    Specs specs = Specs.small();
    specs.train = new DatasetSpec("trained", "/data", format);

    assertThat(specs.refusal())
        .startsWith("spec.data.train.latents: is missing, and files of format " + format);
  }

  @Test
  void refusesScenesThatAreSaidToHoldWhatIsNotDrawn() {
    Specs specs = Specs.small();
    specs.textEncoder = new TextEncoderSpec(TextEncoderType.Precomputed, 7, 16);
    assertThat(specs.refusal()).startsWith("spec.data.textEncoder.type: is Precomputed");

    Specs drawn = Specs.small();
    drawn.train = new DatasetSpec("s", "scenes:solid", DataFormat.Scenes, List.of(), LATENTS, null);
    assertThat(drawn.refusal())
        .startsWith("spec.data.train.latents: stands at a set of pictures (Scenes); remove it");
  }

  private static Specs latentSpecs(@Nullable LatentsSpec train, @Nullable LatentsSpec evaluation) {
    Specs specs = Specs.small();
    specs.channels = 4;
    specs.train =
        new DatasetSpec("trained", "/data/a.tar", DataFormat.WebDataset, List.of(), train, null);
    specs.evaluation =
        List.of(
            new DatasetSpec(
                "measured", "/data/b.tar", DataFormat.WebDataset, List.of(), evaluation, null));
    return specs;
  }

  private static LatentsSpec latents(double factor, String autoencoder) {
    return new LatentsSpec(LatentKind.Sample, false, factor, 0.0, LatentType.Float16, autoencoder);
  }
}
