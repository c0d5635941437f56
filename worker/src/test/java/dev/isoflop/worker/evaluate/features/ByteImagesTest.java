package dev.isoflop.worker.evaluate.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isoflop.worker.data.ImageShape;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ByteImagesTest {
  private static float[] bytes(float[] values, int count, int channels) {
    FloatBuffer bytes =
        ByteImages.of(FloatBuffer.wrap(values), count, new ImageShape(channels, 8)).asFloatBuffer();
    float[] all = new float[bytes.remaining()];
    bytes.get(all);
    return all;
  }

  @Test
  void valuesBecomeTheLevelsThatAFileHolds() {
    float[] values = new float[3 * 64];
    values[0] = -1.7f;
    values[1] = 2;
    values[2] = 0.5f / 127.5f + 0.001f;
    values[64] = -0.2f;

    float[] bytes = bytes(values, 1, 3);

    assertThat(bytes).hasSize(3 * 64);
    assertThat(Arrays.copyOf(bytes, 4)).containsExactly(0, 255, 128, 128);
    assertThat(bytes[64]).isEqualTo(102);
  }

  @Test
  void greyIsRepeatedInAllColours() {
    float[] values = new float[2 * 64];
    values[5] = 1;
    values[64 + 7] = -1;

    float[] bytes = bytes(values, 2, 1);

    for (int colour = 0; colour < 3; colour++) {
      assertThat(bytes[colour * 64 + 5]).isEqualTo(255);
      assertThat(bytes[(3 + colour) * 64 + 7]).isZero();
    }
  }

  @Test
  void aSampleThatIsNoNumberIsNoPicture() {
    float[] values = new float[3 * 64];
    values[100] = Float.NaN;

    assertThatThrownBy(() -> bytes(values, 1, 3))
        .isInstanceOf(NonFiniteSample.class)
        .hasMessage("a sample of the model holds NaN");
  }
}
