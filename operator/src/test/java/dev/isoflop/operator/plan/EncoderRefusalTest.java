package dev.isoflop.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.api.v1alpha1.data.AutoencoderSpec;
import dev.isoflop.api.v1alpha1.data.AutoencoderType;
import dev.isoflop.api.v1alpha1.data.DataFormat;
import dev.isoflop.api.v1alpha1.data.DatasetSpec;
import dev.isoflop.api.v1alpha1.data.TextEncoderSpec;
import dev.isoflop.api.v1alpha1.data.TextEncoderType;
import dev.isoflop.model.TransformerShape;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EncoderRefusalTest {
  private static final String DIGEST = "0123456789abcdef".repeat(4);

  @Test
  void acceptsMiniLmAtItsWidth() {
    Specs specs = Specs.small();
    specs.textEncoder = new TextEncoderSpec(TextEncoderType.MiniLM, 7, 384);

    assertThat(specs.plan("minilm").trials())
        .allSatisfy(trial -> assertThat(trial.experiment().shape().textWidth()).isEqualTo(384));
  }

  @Test
  void refusesMiniLmAtAnotherWidth() {
    Specs specs = Specs.small();
    specs.textEncoder = new TextEncoderSpec(TextEncoderType.MiniLM, 513, 64);

    assertThat(specs.refusals())
        .extracting(PlanError::message)
        .containsExactly(
            "spec.data.textEncoder.width: is 64, but MiniLM's features are 384 wide; set it to 384",
            "spec.data.textEncoder.tokens: is 513, but MiniLM takes 512 at most; lower it; 32 is"
                + " enough for most captions");
  }

  @Test
  void modelsSeeTheLatentsOfAnAutoencoder() {
    Specs specs = Specs.small();
    specs.channels = 12;
    specs.imageSize = 8;
    specs.textEncoder = new TextEncoderSpec(TextEncoderType.TorchScript, 7, 16, "clip.pt", DIGEST);
    specs.autoencoder = autoencoder("vae.pt", DIGEST, 8, 0.18215);

    TransformerShape shape = specs.plan("latents").trials().get(0).experiment().shape();
    assertThat(shape.channels()).isEqualTo(12);
    assertThat(shape.imageSize()).isEqualTo(8);
  }

  @Test
  void asksForFileAndDigest() {
    Specs specs = Specs.small();
    specs.textEncoder = new TextEncoderSpec(TextEncoderType.TorchScript, 7, 16, null, DIGEST);
    specs.autoencoder = autoencoder("vae.pt", null, 2, 1);

    assertThat(specs.refusals())
        .extracting(PlanError::message)
        .containsExactly(
            "spec.data.textEncoder.uri: is missing; give the TorchScript file",
            "spec.data.autoencoder.sha256: is missing; give what sha256sum says of the file; it is"
                + " code");
  }

  @Test
  void refusesFilesThatNobodyReads() {
    Specs specs = Specs.small();
    specs.textEncoder = new TextEncoderSpec(TextEncoderType.Hashed, 7, 16, "clip.pt", null);

    assertThat(specs.refusal())
        .isEqualTo("spec.data.textEncoder.uri: is given, but type Hashed reads no file; remove it");
  }

  @Test
  void refusesPicturesThatCannotBeMadeAndFactorsThatScaleNothing() {
    Specs specs = Specs.small();
    specs.imageSize = 64;
    specs.autoencoder = autoencoder("vae.pt", DIGEST, 32, -1);

    assertThat(specs.refusals())
        .extracting(PlanError::message)
        .containsExactly(
            "spec.data.imageSize: is 64 latent cells, which at data.autoencoder.downsampling 32 are"
                + " pictures of 2048 pixels; give the edge of the latents, so that pictures have 8"
                + " to 1024 pixels",
            "spec.data.autoencoder.scaleFactor: is -1.0; give a positive number, such as 0.18215");
  }

  @Test
  void asksForTheNamesOfNumberedClasses() {
    Specs specs = Specs.small();
    specs.train = new DatasetSpec("mnist", "train-images-idx3-ubyte.gz", DataFormat.IDX);

    assertThat(specs.refusal())
        .startsWith("spec.data.train.classNames: is missing; list the caption of label 0, 1 and")
        .contains("T-shirt/top");
  }

  @Test
  void acceptsNumberedClassesWithNamesAndCoco() {
    Specs specs = Specs.small();
    specs.train =
        new DatasetSpec(
            "mnist", "train-images-idx3-ubyte.gz", DataFormat.IDX, List.of("a"), null, null);
    specs.evaluation =
        List.of(new DatasetSpec("coco", "annotations/captions_val2014.json", DataFormat.COCO));

    assertThat(specs.plan("sets").trials()).isNotEmpty();
  }

  private static AutoencoderSpec autoencoder(
      String uri, @Nullable String sha256, int downsampling, double factor) {
    return new AutoencoderSpec(AutoencoderType.TorchScript, uri, sha256, downsampling, factor, 0.0);
  }
}
