package dev.isoflop.worker.data.webdataset;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.DataException.Kind;
import dev.isoflop.worker.data.shard.Limits;
import dev.isoflop.worker.data.shard.LocalShard;
import dev.isoflop.worker.data.shard.SampleReader.Mode;
import dev.isoflop.worker.data.shard.StoredFile;
import dev.isoflop.worker.data.shard.StoredSample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TarReaderTest {
  private final Path shard;

  TarReaderTest(@TempDir Path folder) {
    shard = folder.resolve("00000.tar");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gnu.tar", "pax.tar", "v7.tar", "python.tar"})
  void readsWhatOtherProgramsWrote(String fixture) throws Exception {
    Files.write(shard, Shards.fixture(fixture));

    List<StoredSample> samples = read(Mode.READ);

    assertThat(samples).hasSize(3);
    for (int i = 0; i < 3; i++) {
      StoredSample sample = samples.get(i);
      assertThat(sample.key()).endsWith("00000000" + i);
      assertThat(sample.place().number()).isEqualTo(i);
      assertThat(sample.input().extension()).isEqualTo("png");
      assertThat(sample.caption().orElseThrow().extension())
          .as("a txt goes before a json")
          .isEqualTo("txt");
      assertThat(new String(sample.caption().orElseThrow().content(), UTF_8))
          .isEqualTo("picture number " + i);
    }
    assertThat(read(Mode.SKIM))
        .extracting(TarReaderTest::lengths)
        .isEqualTo(samples.stream().map(TarReaderTest::lengths).toList());
  }

  @Test
  void groupsByTheTextBeforeTheFirstDotAndPassesOverWhatIsNoSample() throws Exception {
    try (Shards shards = Shards.at(shard)) {
      shards
          .directory("a.b")
          .entry("a.b/1.seg.png", "a mask: its extension is seg.png")
          .entry("a.b/1.JPG", "image")
          .entry("a.b/1.json", "{}")
          .entry("a.b/1.cls", "7")
          .entry("._1.png", "what some systems leave behind")
          .entry("LICENSE", "no dot")
          .entry("../../etc/2.txt", "caption")
          .entry("../../etc/2.webp", "image");
    }

    List<StoredSample> samples = read(Mode.READ);

    assertThat(samples).extracting(StoredSample::key).containsExactly("a.b/1", "../../etc/2");
    assertThat(samples.get(0).input().extension()).isEqualTo("jpg");
  }

  @Test
  void anEmptyShardHasNoSamples() throws Exception {
    try (Shards shards = Shards.at(shard)) {
      shards.directory("nothing");
    }

    assertThat(read(Mode.READ)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void namesTheSampleWithoutACaption(Mode mode) throws Exception {
    try (Shards shards = Shards.at(shard)) {
      shards.entry("1.png", "image").entry("1.txt", "caption").entry("2.png", "image");
    }

    assertFault(mode, Kind.Corrupt)
        .hasMessage(
            "data.train.uri, shard %s, sample 2: has an image but no caption; give every image one"
                    .formatted(shard)
                + " caption (.txt or .json) right beside it in the shard, under the same name; for"
                + " stored latents, say what they are under latents");
  }

  @ParameterizedTest
  @EnumSource
  void namesTheSampleWithoutAnImage(Mode mode) throws Exception {
    try (Shards shards = Shards.at(shard)) {
      shards.entry("1.txt", "caption").entry("2.png", "image").entry("2.txt", "caption");
    }

    assertFault(mode, Kind.Corrupt).hasMessageContaining("sample 1: has a caption but no image");
  }

  @Test
  void refusesASampleWithTwoImages() throws Exception {
    try (Shards shards = Shards.at(shard)) {
      shards.entry("1.png", "image").entry("1.jpg", "image").entry("1.txt", "caption");
    }

    assertFault(Mode.READ, Kind.Corrupt).hasMessageContaining("has both 1.png and 1.jpg");
  }

  @ParameterizedTest
  @EnumSource
  void refusesAnOversizeEntryBeforeReadingIt(Mode mode) throws Exception {
    try (Shards shards = Shards.at(shard)) {
      shards.entry("1.png", new byte[1001]).entry("1.txt", "caption");
    }

    assertFault(mode, Kind.TooLarge)
        .hasMessageContaining("entry 1.png: its 1001 bytes are over the bound of 1000");
  }

  /** Wherever a shard is cut off, between entries too, that is an error and never a shorter set. */
  @ParameterizedTest
  @EnumSource
  void everyTruncationIsFound(Mode mode) throws Exception {
    Shards.numbered(shard, 0, 3);
    byte[] whole = Files.readAllBytes(shard);
    int used = 3 * 4 * 512; // a header and a block of content for each of six files
    for (int length = 0; length <= used + 512; length += 128) {
      Files.write(shard, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> read(mode))
          .as("cut to %d bytes", length)
          .isInstanceOfSatisfying(
              DataException.class,
              fault -> {
                assertThat(fault.kind()).isEqualTo(Kind.Corrupt);
                assertThat(fault.retryable()).isFalse();
              })
          .hasMessageContaining(shard.toString());
    }
  }

  @ParameterizedTest
  @EnumSource
  void aDamagedHeaderIsFound(Mode mode) throws Exception {
    Shards.numbered(shard, 0, 3);
    byte[] content = Files.readAllBytes(shard);
    for (int at : new int[] {1024 + 3, 1024 + 100, 1024 + 130, 1024 + 156}) {
      byte[] damaged = content.clone();
      damaged[at] ^= 0x15;
      Files.write(shard, damaged);

      assertFault(mode, Kind.Corrupt);
    }
  }

  @Test
  void dataAfterAZeroedHeaderIsFound() throws Exception {
    Shards.numbered(shard, 0, 3);
    byte[] content = Files.readAllBytes(shard);
    Arrays.fill(content, 2048, 3072, (byte) 0);
    Files.write(shard, content);

    assertFault(Mode.SKIM, Kind.Corrupt)
        .hasMessageContaining("data goes on after the archive's end mark");
  }

  @Test
  void whatIsNoTarIsSaidToBeNone() throws Exception {
    Files.writeString(shard, "<html>404 not found</html>".repeat(100));

    assertFault(Mode.READ, Kind.Corrupt).hasMessageContaining("is not a whole tar archive");
  }

  @Test
  void aShardThatVanishedIsNamed() {
    assertFault(Mode.READ, Kind.Missing).hasMessageContaining("shard " + shard + " is gone");
  }

  @Test
  void aFailingFileSystemMayBeTriedAgain() throws IOException {
    Files.createDirectory(shard); // opens, but cannot be read

    assertThatThrownBy(() -> read(Mode.READ))
        .isInstanceOfSatisfying(
            DataException.class, fault -> assertThat(fault.retryable()).isTrue())
        .hasMessageContaining("cannot be read");
  }

  private static List<Integer> lengths(StoredSample sample) {
    return List.of(sample.input().length(), sample.caption().map(StoredFile::length).orElseThrow());
  }

  private AbstractThrowableAssert<?, ? extends Throwable> assertFault(Mode mode, Kind kind) {
    return assertThatThrownBy(() -> read(mode))
        .isInstanceOfSatisfying(
            DataException.class, fault -> assertThat(fault.kind()).isEqualTo(kind));
  }

  private List<StoredSample> read(Mode mode) throws DataException {
    List<StoredSample> samples = new ArrayList<>();
    Limits limits = new Limits(1000, 1000, 1 << 20, 100);
    try (TarReader reader =
        new TarReader(
            "data.train.uri", new LocalShard(shard), 0, limits, new SampleParts(false, false))) {
      for (Optional<StoredSample> next = reader.next(mode);
          next.isPresent();
          next = reader.next(mode)) {
        samples.add(next.get());
      }
    }
    return samples;
  }
}
