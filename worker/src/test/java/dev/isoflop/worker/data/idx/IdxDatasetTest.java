package dev.isoflop.worker.data.idx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.DataException.Kind;
import dev.isoflop.worker.data.Example;
import dev.isoflop.worker.data.ExampleStream;
import dev.isoflop.worker.data.ImageShape;
import dev.isoflop.worker.data.PixelLevels;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files are written by {@code src/test/python/idx_fixtures.py}. */
final class IdxDatasetTest {
  private static final String IMAGES = "tiny-images-idx3-ubyte";
  private static final String LABELS = "tiny-labels-idx1-ubyte";
  private static final List<String> NAMES = List.of("zero", "one", "two");
  private static final ImageShape SHAPE = new ImageShape(1, 8);

  @TempDir Path folder;

  @BeforeEach
  void copyFixtures() throws IOException {
    for (String name : List.of(IMAGES, LABELS)) {
      Files.write(folder.resolve(name + ".gz"), fixture(name + ".gz"));
    }
  }

  @Test
  void captionsEveryImageWithTheNameOfItsClass() throws DataException {
    List<Example> examples = all(open(IMAGES + ".gz").evaluation(12));

    assertThat(examples)
        .extracting(Example::caption)
        .startsWith("zero", "one", "two", "zero")
        .hasSize(12);
    for (int i = 0; i < 12; i++) {
      float[] image = examples.get(i).image();
      for (int row = 0; row < 8; row++) {
        for (int column = 0; column < 8; column++) {
          // The middle square of 8 x 10 leaves out a column on either side.
          int expected = (31 * i + 7 * row + column + 1) % 256;
          assertThat(PixelLevels.level(image[8 * row + column])).isEqualTo(expected);
        }
      }
    }
  }

  @Test
  void plainFilesGiveTheSameBits() throws Exception {
    unpack();
    IdxDataset plain = open(IMAGES);
    IdxDataset packed = open(IMAGES + ".gz");

    assertThat(plain.digest()).isEqualTo(packed.digest()).matches("sha256:[0-9a-f]{64}");
    assertThat(all(plain.evaluation(12)))
        .usingRecursiveComparison()
        .isEqualTo(all(packed.evaluation(12)));
  }

  @Test
  void trainingResumesAtTheExactExample() throws DataException {
    IdxDataset dataset = open(IMAGES + ".gz");
    List<Example> whole = take(dataset.train(5, 0), 40);

    assertThat(take(dataset.train(5, 17), 23))
        .usingRecursiveComparison()
        .isEqualTo(whole.subList(17, 40));
    assertThat(dataset.size()).hasValue(12);
  }

  @Test
  void coloursAreAskedForAsWell() throws DataException {
    IdxDataset dataset =
        IdxDataset.open("tiny", IMAGES + ".gz", NAMES, "data.train", folder, new ImageShape(3, 16));
    float[] image = take(dataset.evaluation(1), 1).get(0).image();

    assertThat(image).hasSize(3 * 16 * 16);
    assertThat(image[0]).isEqualTo(image[256]).isEqualTo(image[512]);
  }

  @Test
  void refusesLabelsWithoutAName() {
    assertThatThrownBy(
            () ->
                IdxDataset.open(
                    "t", IMAGES + ".gz", List.of("a", "b"), "data.train", folder, SHAPE))
        .hasMessage(
            "data.train.classNames: has 2 names, but entry 2 of '%s' has label 2; name every class,"
                    .formatted(folder.resolve(LABELS + ".gz"))
                + " from that of label 0 on");
  }

  @Test
  void namesTheFileOfLabelsThatIsMissing() throws IOException {
    Files.delete(folder.resolve(LABELS + ".gz"));

    assertThatThrownBy(() -> open(IMAGES + ".gz"))
        .hasMessage(
            "data.train.uri: no file '%s' with the labels of '%s.gz'; put it beside the images"
                .formatted(folder.resolve(LABELS + ".gz"), IMAGES));
  }

  @Test
  void asksForANameThatTellsWhereTheLabelsAre() throws IOException {
    Files.move(folder.resolve(IMAGES + ".gz"), folder.resolve("pictures.gz"));

    assertThatThrownBy(() -> open("pictures.gz"))
        .hasMessageStartingWith("data.train.uri: 'pictures.gz' has no \"images\" in its name");
  }

  @Test
  void refusesSizesThatTheFileDoesNotHave() throws Exception {
    assertRefused(
        header(0x00000803, Integer.MAX_VALUE, 4096, 4096), Kind.Corrupt, "over the bound");
    assertRefused(header(0x00000803, -1, 28, 28), Kind.Corrupt, "number of entries is 4294967295");
    assertRefused(
        header(0x00000803, 12, 1 << 20, 28), Kind.Corrupt, "a side of its images is 1048576");
    assertRefused(header(0x00000803, 12, 28, 28), Kind.Corrupt, "it is cut off");
    assertRefused(header(0x00000D03, 12, 28, 28), Kind.Corrupt, "type 0x0d");
    assertRefused(header(0x00000801, 12), Kind.Corrupt, "1 dimensions instead of 3");
    assertRefused(header(0x89504e47, 12), Kind.Corrupt, "does not begin like an IDX file");
    assertRefused(new byte[] {0, 0, 8}, Kind.Corrupt, "ends within its header");
  }

  @Test
  void refusesAPlainFileThatIsCutOff() throws Exception {
    unpack();
    byte[] images = Files.readAllBytes(folder.resolve(IMAGES));
    Files.write(folder.resolve(IMAGES), Arrays.copyOf(images, images.length - 1));

    assertThatThrownBy(() -> open(IMAGES))
        .hasMessageContaining("it has 975 bytes instead of the 976 that its header tells");
  }

  @Test
  void refusesMoreLabelsThanImages() throws Exception {
    byte[] thirteen = ByteBuffer.allocate(21).putInt(0x00000801).putInt(13).array();

    Files.write(folder.resolve(LABELS + ".gz"), gzip(thirteen));

    assertThatThrownBy(() -> open(IMAGES + ".gz")).hasMessageContaining("13 labels for 12 images");
  }

  /** Damaged files end in an example or a {@link DataException}, and in nothing else. */
  @Property(tries = 1000)
  void damageIsFoundOrHarmless(@ForAll("damaged") byte[] images, @ForAll("plain") boolean plain)
      throws IOException {
    Path place = Files.createTempDirectory("idx");
    try {
      Files.write(place.resolve(IMAGES), plain ? images : gzip(images));
      Files.write(place.resolve(LABELS), fixture(LABELS + ".gz"));
      IdxDataset dataset = IdxDataset.open("t", IMAGES, NAMES, "data.train", place, SHAPE);
      assertThat(take(dataset.train(1, 0), 3)).hasSize(3);
    } catch (DataException e) {
      assertThat(e).hasMessageStartingWith("data.train");
    } finally {
      Files.deleteIfExists(place.resolve(IMAGES));
      Files.deleteIfExists(place.resolve(LABELS));
      Files.delete(place);
    }
  }

  @Provide
  Arbitrary<Boolean> plain() {
    return Arbitraries.of(true, false);
  }

  /** The fixture with bytes of its header changed, cut, or other bytes altogether. */
  @Provide
  Arbitrary<byte[]> damaged() throws IOException {
    byte[] whole = unpacked(IMAGES);
    Arbitrary<byte[]> changed =
        Combinators.combine(
                Arbitraries.integers().between(0, 20),
                Arbitraries.bytes(),
                Arbitraries.integers().between(0, whole.length))
            .as(
                (at, value, length) -> {
                  byte[] copy = Arrays.copyOf(whole, length);
                  if (at < length) {
                    copy[at] = value;
                  }
                  return copy;
                });
    return Arbitraries.oneOf(changed, Arbitraries.bytes().array(byte[].class).ofMaxSize(64));
  }

  private void assertRefused(byte[] images, Kind kind, String problem) throws IOException {
    Files.write(folder.resolve(IMAGES + ".gz"), gzip(images));
    assertThatThrownBy(() -> open(IMAGES + ".gz"))
        .isInstanceOfSatisfying(DataException.class, e -> assertThat(e.kind()).isEqualTo(kind))
        .hasMessageStartingWith("data.train.uri, file " + folder.resolve(IMAGES + ".gz"))
        .hasMessageContaining(problem);
  }

  private IdxDataset open(String uri) throws DataException {
    return IdxDataset.open("tiny", uri, NAMES, "data.train", folder, SHAPE);
  }

  private void unpack() throws IOException {
    for (String name : List.of(IMAGES, LABELS)) {
      Files.write(folder.resolve(name), unpacked(name));
    }
  }

  private static byte[] unpacked(String name) throws IOException {
    try (InputStream input = new GZIPInputStream(new ByteArrayInputStream(fixture(name + ".gz")))) {
      return input.readAllBytes();
    }
  }

  private static byte[] fixture(String name) throws IOException {
    try (InputStream input =
        Objects.requireNonNull(IdxDatasetTest.class.getResourceAsStream(name), name)) {
      return input.readAllBytes();
    }
  }

  private static byte[] header(int... numbers) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * numbers.length);
    for (int number : numbers) {
      bytes.putInt(number);
    }
    return bytes.array();
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream output = new GZIPOutputStream(packed)) {
      output.write(content);
    }
    return packed.toByteArray();
  }

  private static List<Example> all(ExampleStream stream) throws DataException {
    return take(stream, Integer.MAX_VALUE);
  }

  private static List<Example> take(ExampleStream stream, int most) throws DataException {
    List<Example> examples = new ArrayList<>();
    while (examples.size() < most) {
      var next = stream.next();
      if (next.isEmpty()) {
        break;
      }
      examples.add(next.get().decode());
    }
    return examples;
  }
}
