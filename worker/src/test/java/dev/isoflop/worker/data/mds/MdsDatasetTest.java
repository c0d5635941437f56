package dev.isoflop.worker.data.mds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isoflop.api.v1alpha1.data.ColumnsSpec;
import dev.isoflop.api.v1alpha1.data.DataFormat;
import dev.isoflop.api.v1alpha1.data.DatasetSpec;
import dev.isoflop.api.v1alpha1.data.LatentKind;
import dev.isoflop.api.v1alpha1.data.LatentType;
import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.Dataset;
import dev.isoflop.worker.data.Example;
import dev.isoflop.worker.data.Examples;
import dev.isoflop.worker.data.Fixtures;
import dev.isoflop.worker.data.Latents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MdsDatasetTest {
  /** Of the six pictures the third was too small for latents. */
  private static final List<Integer> WITH_LATENTS = List.of(0, 1, 3, 4, 5);

  @TempDir Path folder = Path.of("");

  @Test
  void readsShardsAsMosaicmlsDiffusionWritesThem() throws Exception {
    Dataset data = Latents.open(set(fixture("diffusion"), null), Latents.HASHED);
    List<Example> examples = Examples.take(data.evaluation(5), 5);

    assertThat(data.size()).hasValue(5);
    for (int i = 0; i < 5; i++) {
      Latents.assertIs(examples.get(i), WITH_LATENTS.get(i));
      assertThat(examples.get(i).caption()).isEqualTo("number " + WITH_LATENTS.get(i));
    }
    assertThatThrownBy(() -> data.evaluation(6)).hasMessageContaining("holds 5 samples");
  }

  @Test
  void readsTheirTextFeatures() throws Exception {
    Dataset data = Latents.open(set(fixture("diffusion"), null), Latents.STORED);

    Latents.assertText(Examples.take(data.evaluation(4), 4).get(3), 4, 3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"fixed", "typed", "free"})
  void readsEveryEncodingOfArraysAndCompressedShards(String column) throws Exception {
    ColumnsSpec columns = new ColumnsSpec(column, null, null);
    Dataset data = Latents.open(set(fixture("arrays"), columns), Latents.HASHED);
    List<Example> examples = Examples.take(data.evaluation(3), 3);

    for (int i = 0; i < 3; i++) {
      Latents.assertIs(examples.get(i), i);
      assertThat(examples.get(i).caption()).isEqualTo("class " + i);
    }
  }

  @Test
  void otherColumnsAreOtherData() throws Exception {
    ColumnsSpec fixed = new ColumnsSpec("fixed", null, null);
    ColumnsSpec typed = new ColumnsSpec("typed", null, null);
    String digest = Latents.open(set(fixture("arrays"), fixed), Latents.HASHED).digest();

    assertThat(Latents.open(set(fixture("arrays"), fixed), Latents.HASHED).digest())
        .isEqualTo(digest);
    assertThat(Latents.open(set(fixture("arrays"), typed), Latents.HASHED).digest())
        .isNotEqualTo(digest);
  }

  @Test
  void resumesAtEveryExample() throws Exception {
    Latents.assertResumes(Latents.open(set(fixture("diffusion"), null), Latents.HASHED));
  }

  @Test
  void aPickledColumnIsNeverRead() {
    ColumnsSpec columns = new ColumnsSpec("secret", null, null);

    assertThatThrownBy(() -> Latents.open(set(fixture("arrays"), columns), Latents.HASHED))
        .hasMessageContaining(
            "its column secret is encoded as 'pkl', which is a program and is never read");
  }

  @Test
  void saysWhichColumnsThereAre() {
    assertThatThrownBy(() -> Latents.open(set(fixture("arrays"), null), Latents.HASHED))
        .hasMessageContaining("has no column of latents that is known by its name")
        .hasMessageContaining("[fixed, free, label, secret, typed]")
        .hasMessageContaining("name one under columns.input");
  }

  @Test
  void readsShardsOfZstd() throws Exception {
    Dataset data = Latents.open(set(fixture("zstd"), null), Latents.HASHED);

    List<Example> examples = Examples.take(data.evaluation(1), 1);
    Latents.assertIs(examples.get(0), 0);
  }

  @Test
  void aDamagedShardOfZstdIsFound() throws Exception {
    copy("zstd");
    Path shard = folder.resolve("shard.00000.mds.zstd");
    byte[] content = Files.readAllBytes(shard);
    Files.write(shard, Arrays.copyOf(content, content.length - 20));

    assertThatThrownBy(
            () -> Examples.take(Latents.open(set(folder, null), Latents.HASHED).evaluation(1), 1))
        .isInstanceOfSatisfying(
            DataException.class,
            fault -> assertThat(fault.kind()).isEqualTo(DataException.Kind.Corrupt))
        .hasMessageContaining("is not whole");
  }

  @Test
  void otherCompressionsAreNamed() throws Exception {
    copy("zstd");
    edit("index.json", "\"zstd\"", "\"snappy\"");

    assertThatThrownBy(() -> Latents.open(set(folder, null), Latents.HASHED))
        .hasMessageContaining("compressed with 'snappy'")
        .hasMessageContaining("unpack them in place, or write them with zstd, gz, bz2");
  }

  /** As streaming's merge_index writes it: the index above, the shards in folders below. */
  @Test
  void readsAMergedIndex() throws Exception {
    Path below = Files.createDirectories(folder.resolve("part/0"));
    copy("diffusion");
    for (int i = 0; i < 3; i++) {
      String shard = "shard.0000%d.mds".formatted(i);
      Files.move(folder.resolve(shard), below.resolve(shard));
      edit("index.json", "\"" + shard + "\"", "\"part/0/" + shard + "\"");
    }
    Dataset merged = Latents.open(set(folder, null), Latents.HASHED);
    Dataset flat = Latents.open(set(fixture("diffusion"), null), Latents.HASHED);

    assertThat(Examples.captions(Examples.take(merged.evaluation(5), 5)))
        .isEqualTo(Examples.captions(Examples.take(flat.evaluation(5), 5)));
  }

  @Test
  void aFolderWithoutAnIndexIsToldFromOneThatLostIt() throws Exception {
    assertThatThrownBy(() -> Latents.open(set(folder, null), Latents.HASHED))
        .hasMessage(
            "data.train.uri, folder %s: holds no index.json, which lists its shards; name the folder that MDSWriter wrote, or write the index again"
                .formatted(folder));
    for (String name : List.of("0", "1")) {
      Files.createDirectories(folder.resolve(name));
      Files.writeString(folder.resolve(name).resolve("index.json"), "{}");
    }
    assertThatThrownBy(() -> Latents.open(set(folder, null), Latents.HASHED))
        .hasMessageEndingWith("name the folders below that hold one: " + folder + "/*");
  }

  @ParameterizedTest
  @CsvSource({
    "'\"shard.00000.mds\"', '\"../shard.00000.mds\"'",
    "'\"shard.00000.mds\"', '\"/etc/passwd\"'",
    "'\"shard.00000.mds\"', '\"a/../b\"'",
    "'\"shard.00000.mds\"', '\".hidden\"'",
    "'\"shard.00000.mds\"', '\"\"'"
  })
  void anIndexNamesNoFileOutsideItsFolder(String text, String replacement) throws Exception {
    copy("diffusion");
    edit("index.json", text, replacement);

    assertThatThrownBy(() -> Latents.open(set(folder, null), Latents.HASHED))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("which does not lie in its folder");
  }

  @ParameterizedTest
  @CsvSource({
    "'\"samples\": 3', '\"samples\": 4'",
    "'\"samples\": 3', '\"samples\": 4294967295'",
    "'\"samples\": 3', '\"samples\": -1'",
    "'\"samples\": 3', '\"samples\": 1e99'",
    "'\"bytes\": 758', '\"bytes\": 700'",
    "'[null, null, 8, null]', '[null, null, 9, null]'",
    "'[null, null, 8, null]', '[null, null, 2147483647, null]'",
    "'[null, null, 8, null]', '[null, null, 8]'",
    "'\"version\": 2}', '\"version\": 1}'",
    "'{\"shards\": [', '{\"shards\": [[[['"
  })
  void anIndexThatDisagreesWithItsShardsIsFound(String text, String replacement) throws Exception {
    copy("diffusion");
    edit("index.json", text, replacement);

    assertThatThrownBy(() -> Latents.open(set(folder, null), Latents.HASHED).evaluation(5))
        .isInstanceOf(DataException.class);
  }

  private static DatasetSpec set(Path folder, @Nullable ColumnsSpec columns) {
    return Latents.set(
        folder.toString(),
        DataFormat.MDS,
        Latents.spec(LatentKind.Sample, LatentType.Float16),
        columns);
  }

  private static Path fixture(String name) {
    return Fixtures.path("mds/" + name);
  }

  private void copy(String name) throws IOException {
    try (Stream<Path> files = Files.list(fixture(name))) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, folder.resolve(String.valueOf(file.getFileName())));
      }
    }
  }

  private void edit(String name, String text, String replacement) throws IOException {
    String before = Files.readString(folder.resolve(name));
    assertThat(before).contains(text);
    Files.writeString(folder.resolve(name), before.replaceFirst(Pattern.quote(text), replacement));
  }
}
