package dev.isoflop.helm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The chart as a release packages it, by helm/package.sh. */
class ReleasedChartTest {
  private static final String OPERATOR =
      "registry.example/isoflop-operator@sha256:" + "0a".repeat(32);
  private static final String WORKER = "registry.example/isoflop-worker@sha256:" + "0b".repeat(32);

  @TempDir private Path folder;

  private record Answer(int status, String output) {}

  private Answer packaged(String operator, String worker, Path to) throws Exception {
    Process process =
        new ProcessBuilder(
                "helm/package.sh",
                "--operator",
                operator,
                "--worker",
                worker,
                "--to",
                to.toString())
            .directory(DocumentedCommands.ROOT.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Answer(process.waitFor(), output);
  }

  private static TemplateCommand rendered(Path archive) {
    return new Helm(archive)
        .template()
        .withName("isoflop")
        .withNamespace("research")
        .withKubeVersion("1.34.0");
  }

  private static List<JsonNode> containers(String rendering) throws IOException {
    JsonNode deployment = Chart.ofKind(rendering, "Deployment").get(0);
    return List.of(deployment.at("/spec/template/spec/containers/0"));
  }

  @Test
  void namesBothImagesByDigestAndIsTheSameEachTime() throws Exception {
    Answer first = packaged(OPERATOR, WORKER, folder.resolve("one"));
    assertThat(first.status()).as(first.output()).isZero();
    Path archive = Path.of(first.output().strip());
    assertThat(archive.getFileName()).hasToString("isoflop-" + BuiltImages.version() + ".tgz");

    String rendering = rendered(archive).call();
    assertThat(containers(rendering))
        .singleElement()
        .satisfies(
            container -> {
              assertThat(container.path("image").asText()).isEqualTo(OPERATOR);
              assertThat(container.path("env").findValuesAsText("value")).contains(WORKER);
            });
    Answer second = packaged(OPERATOR, WORKER, folder.resolve("two"));
    assertThat(Files.mismatch(archive, Path.of(second.output().strip()))).isEqualTo(-1);
  }

  @Test
  void refusesAnImageByTag() throws Exception {
    Answer answer = packaged("registry.example/isoflop-operator:1.0", WORKER, folder);
    assertThat(answer.status()).isEqualTo(2);
    assertThat(answer.output())
        .startsWith("--operator: registry.example/isoflop-operator:1.0 names no image by digest");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }

  /** The digest would win, and sweeps train on the CPU of nodes with GPUs. */
  @Test
  void refusesAFlavorBesideTheDigestOfAnotherImage() throws Exception {
    Path archive = Path.of(packaged(OPERATOR, WORKER, folder).output().strip());
    assertThatThrownBy(() -> rendered(archive).set("worker.image.flavor", "cu128").call())
        .hasMessageContaining("worker.image.flavor cu128 chooses an image by tag");
    assertThat(
            rendered(archive)
                .set("worker.image.flavor", "cu128")
                .set("worker.image.digest", "")
                .call())
        .contains(
            "registry.example/isoflop-worker:"
                + Objects.requireNonNull(BuiltImages.version())
                + "-cu128");
  }
}
