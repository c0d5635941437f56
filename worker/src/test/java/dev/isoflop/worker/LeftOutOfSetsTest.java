package dev.isoflop.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.trial.LeftOut;
import dev.isoflop.trial.TrialConfig;
import dev.isoflop.worker.data.BrokenSamples;
import dev.isoflop.worker.data.BrokenSamples.Left;
import dev.isoflop.worker.metrics.TrialMetrics;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LeftOutOfSetsTest {
  private final TrialConfig config;
  private final PrometheusRegistry registry = new PrometheusRegistry();

  LeftOutOfSetsTest(@TempDir Path folder) throws Exception {
    config = SmallTrial.in(folder).config();
  }

  private BrokenSamples leaving(String... fields) {
    List<Left> left =
        java.util.stream.IntStream.range(0, fields.length)
            .mapToObj(i -> new Left(fields[i], "entry " + i, "is cut off"))
            .toList();
    return new BrokenSamples(9, left, more -> {});
  }

  private String scrape(BrokenSamples broken) throws Exception {
    new TrialMetrics(config, registry, () -> 0)
        .leaveOut(() -> LeftOutOfSets.of(broken, config.experiment().data()));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrometheusTextFormatWriter.create().write(bytes, registry.scrape());
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void setsAreNamedByTheManifestTheTrainingSetFirst() {
    String trained = config.experiment().data().train().name();
    String measured = config.experiment().data().evaluation().get(0).name();

    assertThat(
            LeftOutOfSets.of(
                leaving("data.evaluation[0].uri", "data.train.uri", "data.train.uri"),
                config.experiment().data()))
        .containsExactly(
            new LeftOut("data.train", trained, 2), new LeftOut("data.evaluation[0]", measured, 1));
  }

  @Test
  void theMetricSaysOfWhichSet() throws Exception {
    assertThat(scrape(leaving("data.train.uri", "data.train.uri")).lines())
        .filteredOn(line -> line.startsWith("isoflop_broken_samples{"))
        .singleElement()
        .asString()
        .contains("field=\"data.train\"", "dataset=\"", "trial=\"")
        .endsWith(" 2.0");
  }

  @Test
  void ofWholeDataItIsAbsent() throws Exception {
    assertThat(scrape(leaving())).doesNotContain("isoflop_broken_samples");
  }
}
