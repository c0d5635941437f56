package dev.isoflop.worker.data.shard.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.isoflop.worker.data.BrokenSamples;
import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.DataException.Kind;
import dev.isoflop.worker.data.DataNotes;
import dev.isoflop.worker.data.Example;
import dev.isoflop.worker.data.ImageShape;
import dev.isoflop.worker.data.shard.read.SamplePlace;
import dev.isoflop.worker.data.shard.read.StoredFile;
import dev.isoflop.worker.data.shard.read.StoredSample;
import dev.isoflop.worker.data.webdataset.Shards;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SampleDecoderTest {
  private static final Limits LIMITS = new Limits(1 << 20, 1 << 20, 24 * 16, 40);
  private final List<String> notes = new ArrayList<>();
  private final SampleDecoder decoder = decoder(new ImageShape(3, 8), LIMITS);

  /** Tolerances: 0 for lossless files, the coder's error for the others. */
  @ParameterizedTest
  @CsvSource({
    "rgb8.png,     200,30,30,    30,60,200,   0",
    "rgba8.png,    255,255,255,  30,60,200,   0",
    "half.png,     227,142,142,  142,157,227, 1",
    "gray8.png,    100,100,100,  180,180,180, 0",
    "graya8.png,   224,224,224,  240,240,240, 0",
    "gray16.png,   100,100,100,  180,180,180, 0",
    "palette.png,  200,30,30,    30,60,200,   0",
    "bit1.png,     0,0,0,        255,255,255, 0",
    "baseline.jpg, 200,30,30,    30,60,200,   3",
    "progressive.jpg,200,30,30,  30,60,200,   3",
    "gray.jpg,     100,100,100,  180,180,180, 1",
    "cmyk.jpg,     200,30,30,    30,60,200,   3",
    "ycck.jpg,     74,168,169,   158,89,48,   3",
    "lossless.webp,200,30,30,    30,60,200,   0",
    "lossy.webp,   200,30,30,    30,60,200,   6",
    "alpha.webp,   255,255,255,  30,60,200,   0"
  })
  void readsEveryKindOfImageThatOtherProgramsWrite(
      String file, int r0, int g0, int b0, int r1, int g1, int b1, float tolerance)
      throws Exception {
    // 24 x 16 pixels: the middle square is cut out, its left half one colour and its right the
    // other.
    float[] image = decoder.evaluate(sample(Shards.fixture(file), "txt", "a caption")).image();

    int[][] expected = {{r0, g0, b0}, {r1, g1, b1}};
    for (int channel = 0; channel < 3; channel++) {
      for (int y = 0; y < 8; y++) {
        for (int x : new int[] {0, 1, 6, 7}) {
          float level = (image[channel * 64 + y * 8 + x] + 1) * 127.5f;
          assertThat(level)
              .as("channel %d at %d, %d", channel, x, y)
              .isCloseTo(expected[x / 4][channel], within(tolerance + 1e-3f));
        }
      }
    }
  }

  @Test
  void greyIsTheLumaOfColours() throws Exception {
    SampleDecoder grey = decoder(new ImageShape(1, 8), LIMITS);
    float[] image = grey.evaluate(sample(Shards.fixture("rgb8.png"), "txt", "a caption")).image();

    assertThat(image).hasSize(64);
    assertThat((image[0] + 1) * 127.5f).isCloseTo(81f, within(1e-3f));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"rgb8.png", "baseline.jpg", "progressive.jpg", "lossless.webp", "lossy.webp"})
  void aCutOffImageIsAnErrorAtEveryLength(String file) throws Exception {
    byte[] whole = Shards.fixture(file);
    for (int length = 0; length < whole.length - 1; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> decoder.evaluate(sample(cut, "txt", "a caption")))
          .as("%d of %d bytes", length, whole.length)
          .isInstanceOfSatisfying(
              DataException.class, fault -> assertThat(fault.kind()).isEqualTo(Kind.Corrupt))
          .hasMessageContaining("shard s.tar, entry k.png: is");
    }
    decoder.evaluate(sample(whole, "txt", "the reader still works after all these"));
  }

  @Test
  void anyChangedBitOfAPngIsFound() throws Exception {
    byte[] whole = Shards.fixture("rgb8.png");
    for (int at = 8; at < whole.length; at++) {
      byte[] changed = whole.clone();
      changed[at] ^= 0x10;
      assertFault(changed, "txt", "a caption", Kind.Corrupt);
    }
  }

  @Test
  void otherContentIsNoImage() throws Exception {
    assertFault("GIF89a".getBytes(StandardCharsets.US_ASCII), "txt", "a caption", Kind.Corrupt)
        .hasMessage(
            "data.train.uri, shard s.tar, entry k.png: is not a PNG, JPEG or WebP image; make the"
                + " image again or remove the sample");
    assertFault(new byte[0], "txt", "a caption", Kind.Corrupt);
  }

  /** Decoders may make up what is missing of a picture, but not take what follows for it. */
  @Test
  void bytesBehindTheEndOfAJpegAreNoPartOfIt() throws Exception {
    byte[] content = Shards.fixture("bytes-behind-the-end.jpg");
    int end = lastEndMarker(content);
    SampleDecoder larger = decoder(new ImageShape(3, 8), new Limits(1 << 20, 1 << 20, 32 * 32, 40));
    float[] whole = larger.evaluate(sample(Arrays.copyOf(content, end + 2), "txt", "a")).image();

    assertThat(content.length).as("there is something behind it").isGreaterThan(end + 2);
    assertThat(larger.evaluate(sample(content, "txt", "a")).image()).isEqualTo(whole);
  }

  private static int lastEndMarker(byte[] content) {
    for (int at = content.length - 2; at > 0; at--) {
      if (content[at] == (byte) 0xff && content[at + 1] == (byte) 0xd9) {
        return at;
      }
    }
    throw new AssertionError("no end of an image");
  }

  @Test
  void aJpegForPrintThatIsCutOffIsFound() throws Exception {
    byte[] whole = Shards.fixture("cmyk.jpg");
    assertFault(Arrays.copyOf(whole, whole.length - 2), "txt", "a caption", Kind.Corrupt)
        .hasMessageContaining("it is cut off");
  }

  @Test
  void pixelsAreCountedBeforeTheyAreDecoded() throws Exception {
    SampleDecoder strict =
        decoder(new ImageShape(3, 8), new Limits(1 << 20, 1 << 20, 24 * 16 - 1, 40));

    assertThatThrownBy(
            () -> strict.evaluate(sample(Shards.fixture("rgb8.png"), "txt", "a caption")))
        .isInstanceOfSatisfying(
            DataException.class, fault -> assertThat(fault.kind()).isEqualTo(Kind.TooLarge))
        .hasMessageContaining("24 x 16 pixels are over the bound of 383");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "txt  | '  a dog\n'                       | a dog",
        "txt  | 'ein schöner Hund'                | ein schöner Hund",
        "json | {\"caption\": \"a cat\"}          | a cat",
        "json | {\"text\": \"a hen\", \"x\": 1}   | a hen",
        "json | {\"caption\":\"b\",\"text\":\"c\"} | b",
        "json | {\"caption\":null,\"text\":\"c\"} | c",
        "json | {\"label\": 7}                     | class 7",
        "json | {\"label\": \"7\"}                 | class 7",
        "json | {\"cls\": \"tabby cat\"}           | tabby cat",
        "json | {\"caption\":null,\"label\":3}     | class 3",
        "json | {\"caption\":\"d\",\"label\":3}    | d",
        "cls  | '7\n'                             | class 7",
        "cls  | 'tabby cat'                       | tabby cat"
      })
  void readsCaptions(String extension, String content, String caption) throws Exception {
    Example example = decoder.evaluate(sample(Shards.fixture("rgb8.png"), extension, content));

    assertThat(example.caption()).isEqualTo(caption);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "json | {\"caption\": 7}    | has neither a",
        "json | {}                  | has neither a",
        "json | []                  | has neither a",
        "json | ''                  | has neither a",
        "json | {\"caption\":       | is not JSON"
      })
  void refusesWhatIsNoCaption(String extension, String content, String problem) throws Exception {
    assertFault(Shards.fixture("rgb8.png"), extension, content, Kind.Corrupt)
        .hasMessageContaining("entry k." + extension + ": " + problem);
  }

  /** Whatever stands for no caption: the sample trains without a condition. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "txt  | '  \n'",
        "txt  | ''",
        "json | {\"caption\": \"\"}",
        "json | {\"caption\": null}",
        "json | {\"text\": null}",
        "cls  | ' '"
      })
  void anEmptyCaptionIsNone(String extension, String content) throws Exception {
    assertThat(decoder.evaluate(sample(Shards.fixture("rgb8.png"), extension, content)).caption())
        .isEmpty();
    assertThat(notes)
        .containsExactly(
            "data.train.uri, shard s.tar, entry k.%s: has no caption; such samples count as samples whose caption was dropped"
                .formatted(extension));
  }

  @Test
  void aCaptionThatIsTooLongIsCutBetweenCharacters() throws Exception {
    byte[] png = Shards.fixture("rgb8.png");

    assertThat(decoder.evaluate(sample(png, "txt", "x".repeat(41))).caption())
        .isEqualTo("x".repeat(40));
    assertThat(decoder.evaluate(sample(png, "txt", "x".repeat(39) + "\ud83d\ude00")).caption())
        .isEqualTo("x".repeat(39));
    assertThat(notes)
        .containsExactly(
            "data.train.uri, shard s.tar, entry k.txt: its caption has 41 characters; captions are"
                + " cut to 40");
  }

  @Test
  void namesOfClassesAreCaptions() throws Exception {
    ExampleContent named =
        new ExampleContent(
            new ImageShape(3, 8),
            Optional.empty(),
            Optional.empty(),
            List.of("cat", "dog"),
            Optional.empty(),
            DataNotes.ignored(),
            BrokenSamples.none());
    SampleDecoder classes = new SampleDecoder(named, LIMITS, new ExampleCache(0));
    byte[] png = Shards.fixture("rgb8.png");

    assertThat(classes.evaluate(sample(png, "cls", "1")).caption()).isEqualTo("dog");
    assertThat(classes.evaluate(sample(png, "json", "{\"label\": 0}")).caption()).isEqualTo("cat");
    assertThatThrownBy(() -> classes.evaluate(sample(png, "cls", "2")))
        .hasMessageContaining("is class 2, but classNames has 2 names");
  }

  @Test
  void refusesCaptionsInOtherEncodings() throws Exception {
    StoredSample latin =
        sample(
            StoredFile.read("k.png", "png", Shards.fixture("rgb8.png")),
            StoredFile.read("k.txt", "txt", "schön".getBytes(StandardCharsets.ISO_8859_1)));
    assertThatThrownBy(() -> decoder.evaluate(latin)).hasMessageContaining("is not UTF-8 text");
  }

  /** Without room in its cache, so that every sample is decoded. */
  private SampleDecoder decoder(ImageShape shape, Limits limits) {
    ExampleContent content =
        new ExampleContent(
            shape,
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.empty(),
            new DataNotes(notes::add),
            BrokenSamples.none());
    return new SampleDecoder(content, limits, new ExampleCache(0));
  }

  private AbstractThrowableAssert<?, ? extends Throwable> assertFault(
      byte[] image, String extension, String caption, Kind kind) {
    return assertThatThrownBy(() -> decoder.evaluate(sample(image, extension, caption)))
        .isInstanceOfSatisfying(
            DataException.class, fault -> assertThat(fault.kind()).isEqualTo(kind));
  }

  private static StoredSample sample(byte[] image, String extension, String caption)
      throws IOException {
    return sample(
        StoredFile.read("k.png", "png", image),
        StoredFile.read("k." + extension, extension, caption.getBytes(StandardCharsets.UTF_8)));
  }

  private static StoredSample sample(StoredFile image, StoredFile caption) {
    return new StoredSample(
        new SamplePlace("data.train.uri, shard s.tar", 0, 0),
        "k",
        image,
        Optional.of(caption),
        Optional.empty());
  }
}
