package dev.isoflop.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.trial.DataCheckMessage;
import dev.isoflop.trial.DataCheckReport;
import dev.isoflop.trial.ExitCode;
import dev.isoflop.trial.TrialJson;
import dev.isoflop.worker.data.webdataset.Shards;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The worker as others start it to look at data. */
final class CheckProcessTest {
  @TempDir Path folder = Path.of("");

  @Test
  void answersInLinesOfJsonAndEndsWell() throws Exception {
    Shards.numbered(folder.resolve("0.tar"), 0, 9);
    try (Shards shard = Shards.at(folder.resolve("1.tar"))) {
      shard.entry("a.png", "no picture").entry("a.txt", "a");
    }
    Path request =
        Files.writeString(
            folder.resolve("request.json"),
            """
            {"data": {"train": {"name": "t", "uri": "{0..1}.tar", "format": "WebDataset"},
                      "evaluation": [{"name": "e", "uri": "scenes:solid", "format": "Scenes"}],
                      "imageSize": 8},
             "evaluation": {"samples": 8}, "everySample": true, "brokenSamples": 0, "threads": 2,
             "dataFolder": "%s"}
            """
                .formatted(folder));
    try (WorkerProcess worker = WorkerProcess.start(folder, "check", request.toString())) {
      worker.awaitEnd();

      assertThat(worker.exitCode()).as(worker.log()).isEqualTo(ExitCode.DONE.code());
      List<DataCheckReport> reports =
          worker
              .log()
              .lines()
              .filter(line -> line.startsWith("{"))
              .map(CheckProcessTest::read)
              .map(DataCheckMessage::report)
              .filter(Objects::nonNull)
              .toList();
      assertThat(reports).hasSize(1);
      assertThat(reports.get(0).problems()).isEmpty();
      assertThat(reports.get(0).sets().get(0).samples()).isEqualTo(10);
      assertThat(reports.get(0).sets().get(0).broken())
          .extracting(DataCheckReport.Broken::where)
          .containsExactly("data.train.uri, shard " + folder.resolve("1.tar") + ", entry a.png");
      assertThat(reports.get(0).sets().get(1).samples()).isNull();
    }
  }

  private static DataCheckMessage read(String line) {
    try {
      return TrialJson.MAPPER.readValue(line, DataCheckMessage.class);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new AssertionError(line, e);
    }
  }
}
