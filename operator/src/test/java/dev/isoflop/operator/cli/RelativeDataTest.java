package dev.isoflop.operator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.operator.cli.run.ManifestPlan;
import dev.isoflop.operator.manifest.ManifestFolder;
import dev.isoflop.operator.manifest.ManifestReader;
import dev.isoflop.operator.plan.PlannedTrial;
import dev.isoflop.trial.DataCheckReport;
import dev.isoflop.trial.DataCheckRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Relative paths of a manifest, from wherever a command is called. */
class RelativeDataTest {
  private static final String DATA =
      Manifests.SMALL.replaceFirst(
          "train: \\{[^}]*\\}", "train: {name: mine, uri: ../data/*.tar, format: WebDataset}");

  @TempDir private Path folder;

  private String written() throws Exception {
    return Manifests.write(Files.createDirectories(folder.resolve("sweeps")), DATA);
  }

  /** As on a cluster, and where the manifest lies in the working directory. */
  @Test
  void keysAndNamesAreThoseOfTheManifestAsItIsWritten() throws Exception {
    List<PlannedTrial> elsewhere =
        ManifestPlan.of(Path.of(written()), Instant.EPOCH).plan().trials();
    Path here = Path.of("relative-data-test.yaml");
    Files.writeString(here, DATA);
    List<PlannedTrial> inPlace;
    try {
      inPlace = ManifestPlan.of(here, Instant.EPOCH).plan().trials();
    } finally {
      Files.delete(here);
    }

    assertThat(elsewhere).isNotEmpty().isEqualTo(inPlace);
    assertThat(elsewhere.get(0).experiment().data().train().uri()).isEqualTo("../data/*.tar");
  }

  @Test
  void theirFolderGoesToWhoOpensTheFiles() throws Exception {
    List<DataCheckRequest> requests = new ArrayList<>();
    Program.withoutSweeps()
        .finding(
            (request, progress) -> {
              requests.add(request);
              return new DataCheckReport(0, List.of(), List.of());
            })
        .run("plan", written());

    assertThat(requests)
        .singleElement()
        .extracting(DataCheckRequest::dataFolder)
        .isEqualTo(folder.resolve("sweeps").toString());
  }

  /** The copy in a run's folder lies elsewhere than the data. */
  @Test
  void aCopyKeepsTheFolder() throws Exception {
    ScalingSweep read = new ManifestReader().read(Path.of(written()));
    String noted = read.getMetadata().getAnnotations().toString().replace("=", ": ");
    Path copy =
        Files.writeString(
            folder.resolve("copy.yaml"),
            DATA.replaceFirst(
                "metadata: \\{name: (\\w+)", "metadata: {annotations: " + noted + ", name: $1"));

    assertThat(ManifestFolder.of(new ManifestReader().read(copy)))
        .hasValue(folder.resolve("sweeps").toString());
    assertThat(ManifestFolder.of(new ManifestReader().parse("x", Manifests.SMALL))).isEmpty();
  }
}
