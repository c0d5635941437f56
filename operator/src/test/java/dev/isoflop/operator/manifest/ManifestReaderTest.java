package dev.isoflop.operator.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.isoflop.api.v1alpha1.ScalingSweep;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ManifestReaderTest {
  private static final String MANIFEST =
      """
      apiVersion: isoflop.dev/v1alpha1
      kind: ScalingSweep
      metadata: {name: mine}
      spec:
        budgets: [1e17, 3.0e17]
        grid: {span: 8, layers: {min: 2, max: 15}}
        data:
          imageSize: 32
          train: {name: scenes, uri: "scenes:solid", format: Scenes}
          evaluation:
            - {name: scenes, uri: "scenes:solid", format: Scenes}
        training: {batchSize: 64, checkpointInterval: PT10M, optimizer: {learningRate: 1e-4}}
        scheduling: {resources: {cpu: 8, memory: 32Gi}, podTemplate: {spec: {anything: 1}}}
      """;

  private final ManifestReader reader = new ManifestReader();

  @Test
  void readsScientificNotationAndFillsInDefaults() throws Exception {
    ScalingSweep sweep = reader.parse("sweep.yaml", MANIFEST);
    assertThat(sweep.getSpec().budgets()).containsExactly(1e17, 3e17);
    assertThat(sweep.getSpec().training().optimizer().learningRate()).isEqualTo(1e-4);
    assertThat(sweep.getSpec().training().optimizer().beta2()).isEqualTo(0.95);
    assertThat(sweep.getSpec().model().widthPerLayer()).isEqualTo(64);
    assertThat(sweep.getSpec().scheduling().resources()).containsKey("cpu");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "batchSize: 64 | batchsize: 64 | spec.training.batchsize: unknown field; did you mean"
            + " batchSize?",
        "span: 8 | sizes: 8 | spec.grid.sizes: unknown field; its fields are centre, layers,"
            + " repeats, shapes, span, trialsPerBudget",
        "1e17, 3.0e17 | 1e17 FLOPs | spec.budgets[0]: '1e17 FLOPs' is text, not a plain number;"
            + " expected: Training FLOPs of one trial, one isoFLOP curve each, such as 1e17; write"
            + " it without a unit or quotes",
        "1e17, 3.0e17 | -5 | spec.budgets[0]: -5 is out of range; give at least 1, expected:"
            + " Training FLOPs of one trial, one isoFLOP curve each, such as 1e17",
        "[1e17, 3.0e17] | [] | spec.budgets: has 0 entries; give 1 to 64, expected: Training FLOPs"
            + " of one trial, one isoFLOP curve each, such as 1e17",
        "budgets: [1e17, 3.0e17] | suspend: false | spec.budgets: is missing; add it, expected:"
            + " Training FLOPs of one trial, one isoFLOP curve each, such as 1e17",
        "PT10M | 10m | spec.training.checkpointInterval: '10m' does not have the right form;"
            + " expected: Time between checkpoints, such as PT10M",
        "train: {name: scenes, uri: \"scenes:solid\", format: Scenes} | train: {name: scenes, uri:"
            + " a, format: Zip} | spec.data.train.format: 'Zip' is not one of its values; choose"
            + " COCO, IDX, MDS, Npy, Safetensors, Scenes, WebDataset",
        "batchSize: 64 | batchSize: 64.5 | spec.training.batchSize: 64.5 is a number, not a whole"
            + " number; expected: Samples of one optimizer step",
        "cpu: 8 | cpu: 8GB | spec.scheduling.resources.cpu: '8GB' does not have the right form;"
            + " expected: A Kubernetes quantity such as 8, 500m or 32Gi, as in {cpu: 8, memory:"
            + " 32Gi}",
        "cpu: 8 | cpu: '' | spec.scheduling.resources.cpu: '' does not have the right form;"
            + " expected: A Kubernetes quantity such as 8, 500m or 32Gi, as in {cpu: 8, memory:"
            + " 32Gi}",
        "cpu: 8 | cpu: -1 | spec.scheduling.resources.cpu: -1 is out of range; give at least 0,"
            + " expected: A Kubernetes quantity such as 8, 500m or 32Gi, as in {cpu: 8, memory:"
            + " 32Gi}",
        "cpu: 8 | cpu: 0.5 | spec.scheduling.resources.cpu: 0.5 is a number, not a whole number"
            + " or text; expected: A Kubernetes quantity such as 8, 500m or 32Gi, as in {cpu: 8,"
            + " memory: 32Gi}; put it in quotes",
        "cpu: 8 | limits: {cpu: 8} | spec.scheduling.resources.limits: {\"cpu\":8} is a mapping,"
            + " not a whole number or text; expected: A Kubernetes quantity such as 8, 500m or"
            + " 32Gi, as in {cpu: 8, memory: 32Gi}",
        "name: mine | name: My_Sweep | metadata.name: 'My_Sweep' is not a valid name; give at most"
            + " 63 lower-case letters, digits and '-', such as dit-in-context",
        "name: mine | name: 12 | metadata.name: 12 is not text; put it in quotes, name: '12'",
        "imageSize: 32 | imageSize: 8e9 | spec.data.imageSize: 8e9 is out of range; give from"
            + " 1 to 4096, expected: Edge of the square input, in pixels or latent cells; images"
            + " are cropped and resized to it, or with a TorchScript autoencoder to it times"
            + " autoencoder.downsampling",
        "v1alpha1 | v2 | apiVersion: is 'isoflop.dev/v2'; write apiVersion: isoflop.dev/v1alpha1",
        "spec: | spec: 5 # | spec: 5 is a number, not a mapping; expected: What is wanted",
      })
  void saysWhatIsWrongWhereAndHowToMendIt(String good, String bad, String message) {
    assertThat(MANIFEST).contains(good);
    String broken = MANIFEST.replace(good, bad);
    if (bad.startsWith("spec: 5")) {
      broken = broken.substring(0, broken.indexOf('#'));
    }
    String manifest = broken;
    InvalidManifestException thrown =
        catchThrowableOfType(
            InvalidManifestException.class, () -> reader.parse("sweep.yaml", manifest));
    assertThat(thrown).isNotNull();
    assertThat(thrown.problems().get(0).message()).isEqualTo(message);
  }

  @Test
  void reportsAllProblemsAtOnce() {
    InvalidManifestException thrown =
        catchThrowableOfType(
            InvalidManifestException.class,
            () ->
                reader.parse(
                    "sweep.yaml",
                    MANIFEST.replace("span: 8", "span: wide").replace("imageSize: 32", "size: 1")));
    assertThat(thrown.problems())
        .extracting(Problem::field)
        .containsExactly("spec.data.size", "spec.grid.span");
    assertThat(thrown.getMessage()).contains("sweep.yaml: spec.data.size");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a: [1 | line 1, column 6: not valid YAML: expected ',' or ']', but got <stream end>; fix"
            + " it",
        "a: 1\\n b: 2 | line 2, column 3: not valid YAML: mapping values are not allowed here; fix",
        "a: 1\\na: 2 | not valid YAML",
        "a: 1\\n---\\nb: 2 | holds 2 YAML documents",
        "'' | is empty",
        "just text | holds no fields",
        "- a | holds a list, no fields",
      })
  void refusesWhatIsNoSingleYamlDocument(String text, String message) {
    InvalidManifestException thrown =
        catchThrowableOfType(
            InvalidManifestException.class,
            () -> reader.parse("sweep.yaml", text.replace("\\n", "\n")));
    assertThat(thrown).hasMessageContaining(message);
  }

  @Test
  void namesAMissingFile(@TempDir Path folder) {
    InvalidManifestException thrown =
        catchThrowableOfType(
            InvalidManifestException.class, () -> reader.read(folder.resolve("absent.yaml")));
    assertThat(thrown).hasMessageContaining("absent.yaml").hasMessageContaining("not found");
  }

  @Test
  void namesAFolderOrBinaryFile(@TempDir Path folder) throws Exception {
    assertThat(catchThrowableOfType(InvalidManifestException.class, () -> reader.read(folder)))
        .hasMessageContaining(": is a folder; give the path of a manifest in it");
    Path binary = Files.write(folder.resolve("binary.yaml"), new byte[] {(byte) 0xff, 0, 1});
    assertThat(catchThrowableOfType(InvalidManifestException.class, () -> reader.read(binary)))
        .hasMessageContaining(": is not UTF-8 text; give a YAML manifest, saved as UTF-8");
  }
}
