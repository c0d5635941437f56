package dev.isoflop.worker.data.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.DataException.Kind;
import dev.isoflop.worker.data.Example;
import dev.isoflop.worker.data.ImageShape;
import dev.isoflop.worker.data.webdataset.Shards;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SampleDecoderTest {
  private static final Limits LIMITS = new Limits(1 << 20, 1 << 20, 24 * 16, 40);
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
            "data.train.uri, shard s.tar, entry k.png: is no PNG, JPEG or WebP image; make the"
                + " image again or remove the sample");
    assertFault(new byte[0], "txt", "a caption", Kind.Corrupt);
  }

  @Test
  void aJpegForPrintIsAnErrorThatSaysSo() throws Exception {
    assertFault(Shards.fixture("cmyk.jpg"), "txt", "a caption", Kind.Corrupt)
        .hasMessageContaining(
            "is not a readable JPEG image (its colours are meant for print; convert it to RGB)");
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
        "json | {\"caption\":null,\"text\":\"c\"} | c"
      })
  void readsCaptions(String extension, String content, String caption) throws Exception {
    Example example = decoder.evaluate(sample(Shards.fixture("rgb8.png"), extension, content));

    assertThat(example.caption()).isEqualTo(caption);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "txt  | '  \n'              | is empty",
        "json | {\"caption\": \"\"} | is empty",
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

  @Test
  void refusesCaptionsOverTheBoundAndInOtherEncodings() throws Exception {
    assertFault(Shards.fixture("rgb8.png"), "txt", "x".repeat(41), Kind.TooLarge)
        .hasMessageContaining("its caption has 41 characters, over the bound of 40");
    StoredSample latin =
        sample(
            StoredFile.read("k.png", "png", Shards.fixture("rgb8.png")),
            StoredFile.read("k.txt", "txt", "schön".getBytes(StandardCharsets.ISO_8859_1)));
    assertThatThrownBy(() -> decoder.evaluate(latin)).hasMessageContaining("is not UTF-8 text");
  }

  /** Without room in its cache, so that every sample is decoded. */
  private static SampleDecoder decoder(ImageShape shape, Limits limits) {
    return new SampleDecoder(ExampleContent.images(shape), limits, new ExampleCache(0));
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
