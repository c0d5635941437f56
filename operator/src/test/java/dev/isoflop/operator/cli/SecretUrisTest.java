package dev.isoflop.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.operator.cli.Program.Ended;
import dev.isoflop.trial.DataCheckReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Permissions in a manifest's URIs stay in the manifest, its accepted copy and the configurations
 * of workers, which need them and which others may not read; nothing else is told them.
 */
@Timeout(120)
class SecretUrisTest {
  private static final String SECRET = "PLANTED";
  private static final String SHA = "0".repeat(64);
  private static final String SOURCES =
      Manifests.SMALL
          .replaceFirst(
              "train: \\{[^}]*\\}",
              "train: {name: t, uri: 'https://h/{0..3}.tar?X-Amz-Signature=PLANTED,"
                  + " https://g/a.tar?k=PLANTED', format: WebDataset}")
          .replaceFirst(
              "- \\{name: scenes[^}]*\\}",
              "- {name: scenes, uri: 'https://h/e.tar?sig=PLANTED', format: WebDataset}")
          .replace(
              "textEncoder: {type: Hashed, tokens: 4, width: 16}",
              "textEncoder: {type: TorchScript, tokens: 4, width: 16, sha256: '%s', uri: 'file:///e.pt?t=PLANTED'}"
                  .formatted(SHA));

  /** Features compare pictures: a manifest has metrics of them or an autoencoder. */
  private static final String MANIFEST =
      SOURCES.replace(
          "metrics: [ValidationLoss]",
          "metrics: [ValidationLoss, FrechetDistance], featureExtractor: {type: TorchScript, sha256: '%s', uri: 'file:///f.pt?t=PLANTED'}"
              .formatted(SHA));

  private static final String OF_LATENTS =
      SOURCES.replace(
          "t=PLANTED'}",
          "t=PLANTED'}\n    autoencoder: {type: TorchScript, downsampling: 2, scaleFactor: 1, sha256: '%s', uri: 'file:///a.pt?t=PLANTED'}"
              .formatted(SHA));

  private final Path folder;
  private final Path runs;
  private final String manifest;

  SecretUrisTest(@TempDir Path folder) {
    this.folder = folder;
    runs = folder.resolve("runs");
    manifest = Manifests.write(folder, MANIFEST);
  }

  private static Program running(ScriptedRunner runner) {
    return Program.running(runner)
        .finding((request, progress) -> new DataCheckReport(0, List.of(), List.of()));
  }

  private Ended ran(ScriptedRunner runner, String... more) {
    List<String> arguments = new ArrayList<>(List.of("run", manifest, "--dir", runs.toString()));
    arguments.addAll(List.of(more));
    return running(runner).run(arguments.toArray(String[]::new));
  }

  private static void assertTellsNothing(Ended ended) {
    assertThat(ended.out()).doesNotContain(SECRET);
    assertThat(ended.err()).doesNotContain(SECRET);
  }

  /** Files of runs that hold a secret, by what only they may be called; others are a leak. */
  private void assertOnlyWhoNeedsThemHasThem() throws IOException {
    int configurations = 0;
    try (Stream<Path> files = Files.walk(runs)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (Files.readString(file, StandardCharsets.ISO_8859_1).contains(SECRET)) {
          assertThat(file.getFileName().toString()).isIn("config.json", "sweep.yaml");
          assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
              .as(file.toString())
              .isEqualTo("rw-------");
          configurations++;
        }
      }
    }
    assertThat(configurations).isGreaterThan(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"pictures", "latents"})
  void aRunThatSucceedsTellsNoSecret(String data) throws IOException {
    Manifests.write(folder, data.equals("latents") ? OF_LATENTS : MANIFEST);
    Ended ended = ran(ScriptedRunner.succeeding());

    assertThat(ended.status()).as(ended.err()).isZero();
    assertTellsNothing(ended);
    assertOnlyWhoNeedsThemHasThem();
    Path run = runs.resolve("small");
    assertThat(run.resolve("report.html")).content().contains("https://h/{0..3}.tar?…");
    assertThat(run.resolve("status.yaml")).content().contains("https://h/e.tar?…");
    assertTellsNothing(ran(ScriptedRunner.succeeding(), "--output", "json"));
    assertTellsNothing(Program.command("report", run.toString()));
    assertTellsNothing(Program.command("fit", run.resolve("trials.csv").toString()));
    Program program = running(ScriptedRunner.succeeding());
    assertTellsNothing(program.run("plan", manifest));
    assertTellsNothing(program.run("plan", manifest, "--output", "yaml"));
    assertTellsNothing(program.run("data", "check", manifest));
    assertOnlyWhoNeedsThemHasThem();
  }

  /** As a worker of an earlier version would put it. */
  @Test
  void aRunThatFailsTellsNoSecret() throws IOException {
    Ended ended =
        ran(
            ScriptedRunner.withoutData(
                "data.train.uri: https://me:PLANTED@h/0.tar?X-Amz-Signature=PLANTED is gone"));

    assertThat(ended.status()).isNotZero();
    assertThat(ended.out() + ended.err()).contains("https://h/0.tar?… is gone");
    assertTellsNothing(ended);
    assertOnlyWhoNeedsThemHasThem();
  }

  @Test
  void anotherSignatureIsAnotherDataSetAndNoneIsTold() throws IOException {
    ran(ScriptedRunner.succeeding());
    Manifests.write(folder, MANIFEST.replace("sig=PLANTED", "sig=PLANTED2"));

    Ended ended = ran(ScriptedRunner.succeeding());

    assertThat(ended.errors())
        .singleElement()
        .asString()
        .startsWith(
            "spec.data.evaluation[0].uri \"https://h/e.tar?…\" differs in what is not shown");
    assertTellsNothing(ended);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://me:PLANTED@h/x?sig=PLANTED",
        "https://h/a b?sig=PLA PLANTED",
        "scenes://h?PLANTED",
      })
  void whatIsWrongWithAManifestTellsNoSecret(String uri) {
    List<String> fields =
        List.of(
            "uri: \"scenes:solid\", format: Scenes", "format: Scenes", "tokens: 4", "samples: 16");
    for (String field : fields) {
      String text = Manifests.with(field, field.replaceFirst("[^ ]+$", "'" + uri + "'"));
      Ended ended = Program.command("plan", Manifests.write(folder, text));
      assertThat(ended.status()).as(text).isEqualTo(2);
      assertTellsNothing(ended);
    }
    String address = Manifests.SMALL + "  collection: {prometheusUrl: 'http://%s'}\n";
    assertTellsNothing(
        Program.command(
            "plan", Manifests.write(folder, address.formatted("me:PLANTED@/?x=PLANTED"))));
  }
}
