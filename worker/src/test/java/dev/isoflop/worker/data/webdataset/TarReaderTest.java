package dev.isoflop.worker.data.webdataset;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.DataException.Kind;
import dev.isoflop.worker.data.DataNotes;
import dev.isoflop.worker.data.shard.decode.Limits;
import dev.isoflop.worker.data.shard.locate.LocalShard;
import dev.isoflop.worker.data.shard.read.SampleReader.Mode;
import dev.isoflop.worker.data.shard.read.StoredFile;
import dev.isoflop.worker.data.shard.read.StoredSample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.AbstractStringAssert;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TarReaderTest {
  private final Path shard;
  private final List<String> notes = new ArrayList<>();

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

    assertFlaw(mode, Kind.Corrupt, 1)
        .isEqualTo(
            "data.train.uri, shard %s, sample 2: has an image but no caption; give every image one"
                    .formatted(shard)
                + " caption (.txt, .json or .cls) right beside it in the shard, under the same"
                + " name; for stored latents, say what they are under latents");
  }

  @ParameterizedTest
  @EnumSource
  void namesTheSampleWithoutAnImage(Mode mode) throws Exception {
    try (Shards shards = Shards.at(shard)) {
      shards.entry("1.txt", "caption").entry("2.png", "image").entry("2.txt", "caption");
    }

    assertFlaw(mode, Kind.Corrupt, 0).contains("sample 1: has a caption but no image");
    assertThat(read(mode))
        .as("the next sample is read")
        .extracting(StoredSample::key)
        .containsExactly("1", "2");
  }

  @Test
  void refusesASampleWithTwoImages() throws Exception {
    try (Shards shards = Shards.at(shard)) {
      shards.entry("1.png", "image").entry("1.jpg", "image").entry("1.txt", "caption");
    }

    assertFlaw(Mode.READ, Kind.Corrupt, 0).contains("sample 1: has both 1.png and 1.jpg");
  }

  @ParameterizedTest
  @EnumSource
  void refusesAnOversizeEntryBeforeReadingIt(Mode mode) throws Exception {
    try (Shards shards = Shards.at(shard)) {
      shards.entry("1.png", new byte[1001]).entry("1.txt", "caption");
    }

    assertFlaw(mode, Kind.TooLarge, 0)
        .contains("entry 1.png: its 1001 bytes are over the bound of 1000");
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

  /** What is wrong with one of the samples, and with no other. */
  private AbstractStringAssert<?> assertFlaw(Mode mode, Kind kind, int index) throws DataException {
    List<StoredSample> samples = read(mode);
    assertThat(samples.stream().filter(sample -> sample.flaw().isPresent()))
        .containsExactly(samples.get(index));
    StoredSample.Flaw flaw = samples.get(index).flaw().orElseThrow();
    assertThat(flaw.kind()).isEqualTo(kind);
    return assertThat(flaw.where() + ": " + flaw.problem() + "; " + flaw.remedy());
  }

  /**
   * A class alone is a caption; beside a text it is left to that, and without an image to others.
   */
  @Test
  void aClassIsACaption() throws Exception {
    try (Shards shards = Shards.at(shard)) {
      shards
          .entry("0.cls", "3")
          .entry("1.png", "image")
          .entry("1.cls", "7")
          .entry("2.cls", "8")
          .entry("2.png", "image")
          .entry("2.txt", "caption")
          .entry("3.cls", "9");
    }

    List<StoredSample> samples = read(Mode.READ);

    assertThat(samples).extracting(StoredSample::key).containsExactly("1", "2");
    assertThat(samples)
        .extracting(sample -> sample.caption().orElseThrow().name())
        .containsExactly("1.cls", "2.txt");
  }

  @Test
  void saysWhatDotsInNamesLeaveOut() throws Exception {
    try (Shards shards = Shards.at(shard)) {
      shards
          .entry("plain.png", "image")
          .entry("plain.txt", "caption")
          .entry("img.v1.0001.png", "image")
          .entry("img.v1.0001.txt", "caption")
          .entry("img.v1.0002.png", "image");
    }

    assertThat(read(Mode.READ)).hasSize(1);
    assertThat(notes)
        .containsExactly(
            "data.train.uri, shard %s: 3 files such as img.v1.0001.png are left out, for a sample's files share the text before the first dot of their names; write names without dots before the extension, such as img_v1_0001.jpg"
                .formatted(shard));
  }

  @Test
  void masksBesideImagesAreNotMissed() throws Exception {
    try (Shards shards = Shards.at(shard)) {
      shards
          .entry("1.seg.png", "a mask before its image")
          .entry("1.png", "image")
          .entry("1.txt", "caption")
          .entry("1.depth.png", "another behind it");
    }

    assertThat(read(Mode.READ)).hasSize(1);
    assertThat(notes).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"1, hard, --hard-dereference", "2, symbolic, --dereference"})
  void linksAreNamedWithTheirRemedy(char type, String kind, String remedy) throws Exception {
    try (Shards shards = Shards.at(shard)) {
      shards.entry("1.txt", "caption").link("1.png", "../other/1.png", (byte) type);
    }

    for (Mode mode : Mode.values()) {
      assertFlaw(mode, Kind.Corrupt, 0)
          .contains(
              "entry 1.png: is a %s link to '../other/1.png' and no file; make the shard with"
                  .formatted(kind))
          .endsWith(remedy);
    }
  }

  /** The file says 1 GB; a reader that believes it takes that memory. */
  @ParameterizedTest
  @ValueSource(chars = {'L', 'K', 'x', 'X', 'g'})
  void aHeaderThatIsTooLongIsRefusedBeforeItIsRead(char type) throws Exception {
    Shards.numbered(shard, 0, 1);
    byte[] content = Files.readAllBytes(shard);
    content[156] = (byte) type;
    System.arraycopy("07777777777\0".getBytes(UTF_8), 0, content, 124, 12);
    Files.write(shard, withChecksum(content));

    assertFault(Mode.READ, Kind.TooLarge)
        .hasMessageContaining("at byte 0 has 1073741823 bytes, over the bound of 1048576");
  }

  @Test
  void aChainOfHeadersWithoutAnEndIsRefused() throws Exception {
    byte[] one = new byte[1024];
    byte[] name = "././@LongLink".getBytes(UTF_8);
    System.arraycopy(name, 0, one, 0, name.length);
    System.arraycopy("00000000002\0".getBytes(UTF_8), 0, one, 124, 12);
    one[156] = 'L';
    withChecksum(one);
    byte[] chain = new byte[1024 * 20_000];
    for (int i = 0; i < chain.length; i += 1024) {
      System.arraycopy(one, 0, chain, i, 1024);
    }
    Files.write(shard, chain);

    assertFault(Mode.READ, Kind.TooLarge).hasMessageContaining("more than 8 headers of one entry");
  }

  /** With the sum of the first header as it must be. */
  private static byte[] withChecksum(byte[] content) {
    Arrays.fill(content, 148, 156, (byte) ' ');
    int sum = 0;
    for (int i = 0; i < 512; i++) {
      sum += content[i] & 0xff;
    }
    byte[] digits = "%06o\0 ".formatted(sum).getBytes(UTF_8);
    System.arraycopy(digits, 0, content, 148, 8);
    return content;
  }

  private List<StoredSample> read(Mode mode) throws DataException {
    List<StoredSample> samples = new ArrayList<>();
    Limits limits = new Limits(1000, 1000, 1 << 20, 100);
    try (TarReader reader =
        new TarReader(
            "data.train.uri",
            new LocalShard(shard),
            0,
            limits,
            new SampleParts(false, false),
            new DottedNames(new DataNotes(notes::add)))) {
      for (Optional<StoredSample> next = reader.next(mode);
          next.isPresent();
          next = reader.next(mode)) {
        samples.add(next.get());
      }
    }
    return samples;
  }
}
