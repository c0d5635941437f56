package dev.isoflop.operator.manifest;

import static org.assertj.core.api.Assertions.assertThat;

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
        "shards/{00..19}.tar | sweeps/shards/{00..19}.tar",
        "../data/emoji/google-*.tar | data/emoji/google-*.tar",
        "./shards/a.tar | sweeps/shards/a.tar",
        "not-there/a.tar | sweeps/not-there/a.tar",
        "scenes:solid | scenes:solid",
        "https://host/a.tar | https://host/a.tar",
        "/data/a.tar | /data/a.tar",
      })
  void aRelativePathStartsFromTheManifest(String written, String found) {
    assertThat(paths.resolved(written)).isEqualTo(found);
  }

  @Test
  void whatLiesOnlyUnderTheWorkingDirectoryIsFoundThereAsBefore() {
    assertThat(paths.resolved("data/emoji/google-*.tar")).isEqualTo("data/emoji/google-*.tar");
  }

  @Test
  void elsewhereItIsAbsolute() {
    DataPaths elsewhere = new DataPaths(here.resolve("sweeps"), here.resolve("data"));
    assertThat(elsewhere.resolved("shards/*.tar")).isEqualTo(here + "/sweeps/shards/*.tar");
  }

  @Test
  void aManifestInTheWorkingDirectoryKeepsItsText() throws InvalidManifestException, IOException {
    DataPaths same = new DataPaths(here, here);
    var tree =
        new com.fasterxml.jackson.databind.ObjectMapper()
            .readTree("{\"spec\": {\"data\": {\"train\": {\"uri\": \"./x/../y/*.tar\"}}}}");
    same.resolve(tree);
    assertThat(tree.at("/spec/data/train/uri").asText()).isEqualTo("./x/../y/*.tar");
  }

  @Test
  void everySetAndEncoderOfAManifestIsResolved() throws IOException {
    var tree =
        new com.fasterxml.jackson.databind.ObjectMapper()
            .readTree(
                "{\"spec\": {\"data\": {\"train\": {\"uri\": \"shards/a\"}, \"evaluation\":"
                    + " [{\"uri\": \"shards/b\"}], \"textEncoder\": {\"uri\": \"shards/c\"}},"
                    + " \"evaluation\": {\"featureExtractor\": {\"uri\": \"shards/d\"}}}}");
    paths.resolve(tree);
    assertThat(tree.findValuesAsText("uri"))
        .containsExactlyInAnyOrder(
            "sweeps/shards/a", "sweeps/shards/b", "sweeps/shards/c", "sweeps/shards/d");
  }
}
