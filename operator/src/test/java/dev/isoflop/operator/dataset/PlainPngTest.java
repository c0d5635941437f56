package dev.isoflop.operator.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PlainPngTest {
  /** 200 pixels need two stored blocks. */
  @ParameterizedTest
  @ValueSource(ints = {1, 8, 32, 64, 200})
  void otherReadersReadWhatIsWritten(int size) throws IOException {
    Random random = new Random(size);
    BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < size * size; i++) {
      image.setRGB(i % size, i / size, random.nextInt(1 << 24));
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "png", bytes);
    SquarePixels pixels = SquarePixels.decode(bytes.toByteArray());

    SquarePixels again = SquarePixels.decode(PlainPng.encode(pixels));

    assertThat(again.size()).isEqualTo(size);
    assertThat(again.rgb()).isEqualTo(pixels.rgb());
  }
}
