package dev.isoflop.worker.check;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.trial.DataCheckMessage;
import dev.isoflop.trial.DataCheckReport;
import dev.isoflop.trial.DataCheckReport.Broken;
import dev.isoflop.trial.DataCheckReport.Problem;
import dev.isoflop.trial.DataCheckReport.SetReport;
import dev.isoflop.trial.DataCheckRequest;
import dev.isoflop.trial.TrialJson;
import dev.isoflop.worker.data.cache.DataEnvironment;
import dev.isoflop.worker.data.remote.CacheSettings;
import dev.isoflop.worker.data.webdataset.Shards;
import dev.isoflop.worker.torch.TorchRuntime;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DataCheckTest {
  private final Path folder;
  private final List<DataCheckMessage> said = Collections.synchronizedList(new ArrayList<>());

  DataCheckTest(@TempDir Path folder) throws Exception {
    this.folder = folder;
    Shards.fourNumbered(folder);
    Shards.numbered(folder.resolve("held-out.tar"), 100, 8);
  }

  @Test
  void wholeDataHasNoProblems() throws Exception {
    DataCheckReport quick = check("{0..3}.tar", "held-out.tar", /* everySample= */ false, 0);
    DataCheckReport all = check("{0..3}.tar", "held-out.tar", /* everySample= */ true, 0);

    assertThat(quick.isUsable()).isTrue();
    assertThat(quick.sets()).extracting(SetReport::samples).containsOnlyNulls();
    assertThat(all.isUsable()).isTrue();
    assertThat(all.sets())
        .extracting(SetReport::field, SetReport::samples, SetReport::brokenSamples)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("data.train", 25L, 0L),
            org.assertj.core.groups.Tuple.tuple("data.evaluation[0]", 8L, 0L));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void everySetIsLookedAtWhateverIsWrongWithAnother(boolean everySample) throws Exception {
    DataCheckReport report = check("{0..5}.tar", "nowhere.tar", everySample, 0);

    assertThat(report.problems())
        .extracting(Problem::message)
        .satisfiesExactly(
            train ->
                assertThat(train)
                    .startsWith("data.train.uri: 2 of the 6 shards of '" + folder)
                    .contains("are missing"),
            evaluation -> assertThat(evaluation).startsWith("data.evaluation[0].uri: no file '"));
    assertThat(report.problems()).extracting(Problem::passing).containsOnly(false);
  }

  @Test
  void theFirstSampleIsDecodedBeforeAnythingIsSpent() throws Exception {
    try (Shards shard = Shards.at(folder.resolve("first.tar"))) {
      shard.entry("a.png", "no picture").entry("a.txt", "a");
      shard.entry("b.png", Shards.png(1)).entry("b.txt", "b");
    }

    assertThat(check("first.tar", "held-out.tar", /* everySample= */ false, 0).problems())
        .extracting(Problem::message)
        .containsExactly(
            "data.train.uri, shard %s, entry a.png: is not a PNG, JPEG or WebP image; make the image again or remove the sample"
                .formatted(folder.resolve("first.tar")));
    DataCheckReport borne = check("first.tar", "held-out.tar", /* everySample= */ false, 3);
    assertThat(borne.problems()).isEmpty();
    assertThat(borne.sets().get(0).notes())
        .singleElement()
        .asString()
        .endsWith("(scheduling.failures.brokenSamples leaves it out)");
  }

  @ParameterizedTest
  @CsvSource({
    "held-out.tar, 9, holds 8 samples but evaluation.samples asks for 9",
    "'{0..1}.tar', 5, file is also in data.train.uri"
  })
  void whatOnlySettingsTogetherShowIsFound(String evaluation, int samples, String problem)
      throws Exception {
    DataCheckReport report = check("{0..3}.tar", evaluation, /* everySample= */ false, 0, samples);

    assertThat(report.problems())
        .singleElement()
        .satisfies(
            found -> {
              for (String word : problem.split(" ", -1)) {
                assertThat(found.message()).contains(word);
              }
            });
  }

  @Test
  void everyBrokenSampleIsListedAndTheRestIsRead() throws Exception {
    try (Shards shard = Shards.at(folder.resolve("1.tar"))) {
      shard
          .entry("a.png", Shards.png(1))
          .entry("a.txt", "whole")
          .entry("b.png", "no picture")
          .entry("b.txt", "b")
          .entry("c.png", Shards.png(2))
          .entry("d.png", Shards.png(3))
          .entry("d.txt", "whole, too");
    }
    byte[] cut = Files.readAllBytes(folder.resolve("3.tar"));
    Files.write(folder.resolve("3.tar"), Arrays.copyOf(cut, 3000));

    DataCheckReport report = check("{0..3}.tar", "held-out.tar", /* everySample= */ true, 0);

    SetReport train = report.sets().get(0);
    assertThat(report.isUsable()).isFalse();
    assertThat(report.sets().get(1).brokenSamples()).isZero();
    assertThat(train.broken())
        .extracting(Broken::where)
        .containsExactly(
            "data.train.uri, shard " + folder.resolve("1.tar") + ", entry b.png",
            "data.train.uri, shard " + folder.resolve("1.tar") + ", sample c");
    assertThat(train.brokenSamples()).isEqualTo(2);
    assertThat(train.samples()).isEqualTo(7 + 4 + 12 + 1);
    assertThat(train.damaged())
        .singleElement()
        .satisfies(
            damaged -> {
              assertThat(damaged.where())
                  .isEqualTo("data.train.uri, shard " + folder.resolve("3.tar"));
              assertThat(damaged.problem()).startsWith("is not a whole tar archive");
            });
    assertThat(train.damagedFiles()).isEqualTo(1);
    assertThat(report.problems()).isEmpty();
  }

  /** As for a set that is trained on: the list says it, and no error besides. */
  @Test
  void aBrokenSampleOfAnEvaluationSetIsListedAlike() throws Exception {
    lacking("held-out.tar", 8);
    DataCheckReport report = check("{0..3}.tar", "held-out.tar", /* everySample= */ true, 0, 8);
    assertThat(report.problems()).isEmpty();
    assertThat(report.sets().get(1).broken())
        .singleElement()
        .extracting(Broken::where)
        .asString()
        .endsWith(", sample 000003");
    assertThat(report.isUsable()).isFalse();
    assertThat(check("{0..3}.tar", "held-out.tar", true, 1, 7).isUsable()).isTrue();
    assertThat(check("{0..3}.tar", "held-out.tar", true, 1, 8).problems())
        .as("allowed, and then there are too few")
        .extracting(Problem::message)
        .containsExactly(
            "data.evaluation[0].uri: holds 7 whole samples but evaluation.samples asks for 8; add"
                + " some, or set evaluation.samples to 7 or less");
  }

  /** Every file is whole, and there is nothing to train on. */
  @Test
  void aSetWithoutSamplesIsRefusedAsTrialsRefuseIt() throws Exception {
    try (Shards shard = Shards.at(folder.resolve("dotted.tar"))) {
      shard.entry("img.v1.1.png", Shards.png(1)).entry("img.v1.1.txt", "a");
    }
    for (boolean everySample : new boolean[] {false, true}) {
      assertThat(check("dotted.tar", "held-out.tar", everySample, 0).problems())
          .singleElement()
          .extracting(Problem::message)
          .asString()
          .startsWith("data.train.uri: holds 0 samples in its 1 shards")
          .contains("(2 files such as img.v1.1.png are left out");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1f8b0800, is compressed with gzip, gunzip",
    "28b52ffd, is compressed with zstd, unzstd",
    "5041523115, is a Parquet file, tars or MDS shards",
    "504b0304, is a zip archive, tars"
  })
  void whatIsNoTarIsNamedAndNotCalledDamaged(String start, String problem, String remedy)
      throws Exception {
    byte[] file = new byte[4096];
    byte[] head = HexFormat.of().parseHex(start);
    System.arraycopy(head, 0, file, 0, head.length);
    Files.write(folder.resolve("x.tar"), file);
    for (boolean everySample : new boolean[] {false, true}) {
      DataCheckReport report = check("x.tar", "held-out.tar", everySample, 0);
      assertThat(report.problems())
          .singleElement()
          .extracting(Problem::message)
          .asString()
          .contains(problem, remedy);
      assertThat(report.sets().get(0).damagedFiles()).isZero();
      assertThat(report.sets().get(0).samples()).isNull();
    }
  }

  @Test
  void aCutEvaluationSetIsADamagedFile() throws Exception {
    byte[] whole = Files.readAllBytes(folder.resolve("held-out.tar"));
    Files.write(folder.resolve("held-out.tar"), Arrays.copyOf(whole, 5000));
    DataCheckReport report = check("{0..3}.tar", "held-out.tar", /* everySample= */ true, 9);
    assertThat(report.problems()).isEmpty();
    assertThat(report.sets().get(1).damagedFiles()).isEqualTo(1);
    assertThat(report.isUsable()).isFalse();
  }

  /** A set of numbered samples of which one lacks its caption. */
  private void lacking(String name, int count) throws Exception {
    try (Shards shard = Shards.at(folder.resolve(name))) {
      for (int i = 0; i < count; i++) {
        shard.entry("%06d.png".formatted(i), Shards.png(i));
        if (i != 3) {
          shard.entry("%06d.txt".formatted(i), "number " + i);
        }
      }
    }
  }

  @Test
  void theListIsBoundedAndTheCountIsNot() throws Exception {
    try (Shards shard = Shards.at(folder.resolve("bad.tar"))) {
      for (int i = 0; i < DataCheckReport.LISTED + 20; i++) {
        shard.entry(i + ".png", "no picture").entry(i + ".txt", "a caption");
      }
    }

    SetReport train = check("bad.tar", "held-out.tar", /* everySample= */ true, 0).sets().get(0);
    assertThat(train.broken()).hasSize(DataCheckReport.LISTED);
    assertThat(train.brokenSamples()).isEqualTo(DataCheckReport.LISTED + 20);
  }

  @Test
  void progressCountsSamplesAndShare() throws Exception {
    check("{0..3}.tar", "held-out.tar", /* everySample= */ true, 0);

    assertThat(said).hasSize(25 + 8);
    assertThat(said)
        .extracting(DataCheckTest::progress)
        .allSatisfy(each -> assertThat(each.share()).isBetween(0.0, 1.0));
    assertThat(progress(said.get(32)).samples()).isEqualTo(33);
  }

  private static DataCheckMessage.Progress progress(DataCheckMessage message) {
    return requireNonNull(message.progress());
  }

  private DataCheckReport check(String train, String evaluation, boolean everySample, int borne)
      throws Exception {
    return check(train, evaluation, everySample, borne, 8);
  }

  private DataCheckReport check(
      String train, String evaluation, boolean everySample, int borne, int samples)
      throws Exception {
    String json =
        """
        {"data": {"train": {"name": "t", "uri": "%1$s/%2$s", "format": "WebDataset"},
                  "evaluation": [{"name": "e", "uri": "%1$s/%3$s", "format": "WebDataset"}],
                  "imageSize": 8},
         "evaluation": {"samples": %4$d}, "everySample": %5$s, "brokenSamples": %6$d, "threads": 1}
        """
            .formatted(folder, train, evaluation, samples, everySample, borne);
    AtomicLong seconds = new AtomicLong();
    return new DataCheck(
            TrialJson.MAPPER.readValue(json, DataCheckRequest.class),
            new DataEnvironment(
                () -> TorchRuntime.start(1),
                CacheSettings.of(Map.of("ISOFLOP_CACHE", folder.resolve("cache").toString()))),
            said::add,
            () -> false,
            () -> seconds.addAndGet(1_000_000_000))
        .run()
        .orElseThrow();
  }
}
