package dev.isoflop.worker.data.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.isoflop.worker.data.CounterRandom;
import dev.isoflop.worker.data.ImageShape;
import java.awt.image.BufferedImage;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class AreaFilterTest {
  @Test
  void aPictureOfTheRightSizeStaysAsItIs() {
    BufferedImage image = noise(16, 16, 1);
    float[] same = AreaFilter.toSquare(new Picture(image), new ImageShape(3, 16));

    for (int i = 0; i < 256; i++) {
      assertThat(level(same[i])).isEqualTo(image.getRGB(i % 16, i / 16) >> 16 & 0xff);
      assertThat(level(same[512 + i])).isEqualTo(image.getRGB(i % 16, i / 16) & 0xff);
    }
  }

  @Test
  void halvingTakesTheMeanOfFour() {
    BufferedImage image = noise(16, 16, 2);
    float[] half = AreaFilter.toSquare(new Picture(image), new ImageShape(3, 8));

    for (int i = 0; i < 64; i++) {
      int x = i % 8 * 2;
      int y = i / 8 * 2;
      double mean = 0;
      for (int j = 0; j < 4; j++) {
        mean += (image.getRGB(x + j % 2, y + j / 2) >> 8 & 0xff) / 4.0;
      }
      assertThat(level(half[64 + i])).isEqualTo((int) Math.floor(mean + 0.5));
    }
  }

  @Test
  void theSquareInTheMiddleIsKept() {
    BufferedImage wide = new BufferedImage(20, 8, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 8; y++) {
      for (int x = 6; x < 14; x++) {
        wide.setRGB(x, y, 0xffffff);
      }
    }
    assertThat(AreaFilter.toSquare(new Picture(wide), new ImageShape(3, 8))).containsOnly(1f);
    BufferedImage tall = new BufferedImage(8, 21, BufferedImage.TYPE_INT_RGB);
    for (int y = 6; y < 14; y++) {
      for (int x = 0; x < 8; x++) {
        tall.setRGB(x, y, 0xffffff);
      }
    }
    assertThat(AreaFilter.toSquare(new Picture(tall), new ImageShape(3, 8))).containsOnly(1f);
  }

  @Property(tries = 100)
  void theMeanOfThePictureIsKept(@ForAll long key, @ForAll @IntRange(min = 1, max = 50) int side) {
    BufferedImage image = noise(side, side, key);
    float[] resized = AreaFilter.toSquare(new Picture(image), new ImageShape(3, 13));

    double before = 0;
    for (int i = 0; i < side * side; i++) {
      before += (image.getRGB(i % side, i / side) >> 16 & 0xff) / (double) (side * side);
    }
    double after = 0;
    for (int i = 0; i < 169; i++) {
      after += (resized[i] + 1) * 127.5 / 169;
    }
    assertThat(after).as("each of 169 values is rounded").isCloseTo(before, within(0.2));
  }

  private static int level(float value) {
    return Math.round((value + 1) * 127.5f);
  }

  private static BufferedImage noise(int width, int height, long key) {
    CounterRandom random = new CounterRandom(key);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, random.nextInt(1 << 24));
      }
    }
    return image;
  }
}
