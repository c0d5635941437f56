package dev.isoflop.worker.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.ImageShape;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever the bytes are, they end in a picture or a {@link DataException}. */
final class ImageDecoderFuzzTest {
  private static final long MAXIMUM_PIXELS = 64 * 64;
  private static final int PNG_IHDR_CHECKSUM = 29;

  private final ImageDecoder decoder = new ImageDecoder(MAXIMUM_PIXELS);

  @Property(tries = 3000)
  void damageIsFoundOrHarmless(@ForAll("damaged") byte[] content) {
    try {
      Picture picture = decoder.decode(content, "data.train.uri, entry x");
      assertThat((long) picture.width() * picture.height()).isBetween(1L, MAXIMUM_PIXELS);
      for (float value : AreaFilter.toSquare(picture, new ImageShape(3, 8))) {
        assertThat(value).isBetween(-1f, 1f);
      }
    } catch (DataException e) {
      assertThat(e).hasMessageStartingWith("data.train.uri, entry x: ");
    }
  }

  /** Found by the property above; TwelveMonkeys alone spends minutes on these 34 bytes. */
  @Example
  void aWebpThatAsksForMoreThanThereIsEndsAtOnce() {
    byte[] content =
        HexFormat.of()
            .parseHex("524946461a000000574542505650384c0d0000002f00000010072385118888fe0700");

    assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () ->
            assertThatThrownBy(() -> decoder.decode(content, "x"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("its content asks for more bytes than there are"));
  }

  /** Several bytes of a PNG, JPEG or WebP changed, with PNG's checksum of its header mended. */
  @Provide
  Arbitrary<byte[]> damaged() throws IOException {
    Arbitrary<byte[]> whole = Arbitraries.of(List.of(written("png"), written("jpeg"), webp()));
    Arbitrary<byte[]> changed =
        Combinators.combine(
                whole,
                Arbitraries.integers().between(0, 1000),
                Arbitraries.bytes().array(byte[].class).ofMinSize(1).ofMaxSize(4),
                Arbitraries.of(true, false))
            .as(ImageDecoderFuzzTest::change);
    return Arbitraries.oneOf(changed, Arbitraries.bytes().array(byte[].class).ofMaxSize(64));
  }

  private static byte[] change(byte[] whole, int place, byte[] bytes, boolean cut) {
    int at = place % whole.length;
    byte[] copy = cut ? Arrays.copyOf(whole, Math.max(1, whole.length - place)) : whole.clone();
    for (int i = 0; i < bytes.length && at + i < copy.length; i++) {
      copy[at + i] = bytes[i];
    }
    if (copy.length > PNG_IHDR_CHECKSUM + 4 && copy[1] == 'P') {
      CRC32 checksum = new CRC32();
      checksum.update(copy, 12, 17);
      ByteBuffer.wrap(copy).putInt(PNG_IHDR_CHECKSUM, (int) checksum.getValue());
    }
    return copy;
  }

  private static byte[] written(String format) throws IOException {
    BufferedImage image = new BufferedImage(20, 14, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 280; i++) {
      image.setRGB(i % 20, i / 20, 0x010305 * i);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    assertThat(ImageIO.write(image, format, bytes)).isTrue();
    return bytes.toByteArray();
  }

  /** A lossless WebP of one pixel. */
  private static byte[] webp() {
    return Base64.getDecoder().decode("UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==");
  }
}
