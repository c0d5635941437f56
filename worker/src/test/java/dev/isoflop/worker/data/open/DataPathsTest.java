package dev.isoflop.worker.data.open;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.trial.TrialExperiment;
import dev.isoflop.trial.TrialJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DataPathsTest {
  private final Path here;
  private final DataPaths paths;

  DataPathsTest(@TempDir Path here) throws IOException {
    this.here = here.toRealPath();
    Files.createDirectories(here.resolve("sweeps/shards"));
    Files.createDirectories(here.resolve("data/emoji"));
    paths = new DataPaths(this.here.resolve("sweeps"), this.here);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "shards/{00..19}.tar | HERE/sweeps/shards/{00..19}.tar",
        "../data/emoji/google-*.tar | HERE/data/emoji/google-*.tar",
        "./shards/a.tar | HERE/sweeps/shards/a.tar",
        "not-there/a.tar | HERE/sweeps/not-there/a.tar",
        "scenes:solid | scenes:solid",
        "https://host/a.tar | https://host/a.tar",
        "/data/a.tar | /data/a.tar",
      })
  void aRelativePathStartsFromTheManifest(String written, String found) {
    assertThat(paths.resolved(written)).isEqualTo(found.replace("HERE", here.toString()));
  }

  @Test
  void whatLiesOnlyUnderTheWorkingDirectoryIsFoundThereAsBefore() {
    assertThat(paths.resolved("data/emoji/google-*.tar")).isEqualTo("data/emoji/google-*.tar");
  }

  /** Where {@code ls ../data} in the folder looks, too. */
  @Test
  void aParentOfALinkedFolderIsThatOfWhatIsLinked() throws IOException {
    Path link = Files.createSymbolicLink(here.resolve("data/linked"), here.resolve("sweeps"));

    assertThat(new DataPaths(link, here.resolve("data")).resolved("../data/emoji"))
        .isEqualTo(here + "/data/emoji");
    assertThat(new DataPaths(link, here).resolved("shards/a.tar"))
        .isEqualTo(here + "/sweeps/shards/a.tar");
  }

  /** A broken sample that an attempt has listed is known again by one from another directory. */
  @Test
  void aTrialsFilesAreCalledTheSameFromEveryWorkingDirectory() throws Exception {
    Path sweeps = here.resolve("sweeps");

    assertThat(new DataPaths(sweeps, sweeps).resolve(experiment("../data/*.tar")))
        .isEqualTo(experiment(here + "/data/*.tar"))
        .isEqualTo(paths.resolve(experiment("../data/*.tar")));
    assertThat(paths.resolve(experiment("shards/a.tar")))
        .isEqualTo(experiment(here + "/sweeps/shards/a.tar"));
  }

  @Test
  void aFolderNamedLikeAPatternIsNotReadAsOneByATrialThatRunsInIt() throws Exception {
    Path odd = Files.createDirectories(here.resolve("runs[v2],b"));
    Files.createDirectories(odd.resolve("shards"));

    assertThat(new DataPaths(odd, odd).resolve(experiment("shards/a.tar")))
        .isEqualTo(experiment("shards/a.tar"));
  }

  @Test
  void everyPlaceOfAListIsResolved() throws Exception {
    assertThat(paths.resolve(experiment("shards/{a,b}.tar, ../data/c.tar,/d.tar")))
        .isEqualTo(
            experiment(here + "/sweeps/shards/{a,b}.tar," + here + "/data/c.tar," + "/d.tar"));
  }

  private static TrialExperiment experiment(String uri) throws Exception {
    return TrialJson.MAPPER.readValue(
        """
        {"budgetFlops": 1e17, "flopConvention": "Analytic", "steps": 10, "repeat": 0,
         "shape": {"architecture": "InContext", "layers": 2, "width": 128, "headDimension": 64,
                   "patchSize": 2, "imageSize": 32, "channels": 3, "textTokens": 32,
                   "textWidth": 64},
         "data": {"train": {"name": "a", "uri": "%s", "format": "WebDataset"},
                  "evaluation": [{"name": "a", "uri": "scenes:solid", "format": "Scenes"}]},
         "training": {"batchSize": 64, "optimizer": {"learningRate": 0.1234567890123}},
         "evaluation": {}}
        """
            .formatted(uri),
        TrialExperiment.class);
  }

  @Test
  void everySetAndEncoderOfAManifestIsResolved() throws IOException {
    var tree =
        new com.fasterxml.jackson.databind.ObjectMapper()
            .readTree(
                "{\"data\": {\"train\": {\"uri\": \"shards/a\"}, \"evaluation\":"
                    + " [{\"uri\": \"shards/b\"}], \"textEncoder\": {\"uri\": \"shards/c\"}},"
                    + " \"evaluation\": {\"featureExtractor\": {\"uri\": \"shards/d\"}}}");
    paths.resolve(tree);
    assertThat(tree.findValuesAsText("uri"))
        .containsExactlyInAnyOrder(
            here + "/sweeps/shards/a",
            here + "/sweeps/shards/b",
            here + "/sweeps/shards/c",
            here + "/sweeps/shards/d");
  }
}
