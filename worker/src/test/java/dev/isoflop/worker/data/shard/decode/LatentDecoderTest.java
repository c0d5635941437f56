package dev.isoflop.worker.data.shard.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.isoflop.api.v1alpha1.data.LatentKind;
import dev.isoflop.api.v1alpha1.data.LatentType;
import dev.isoflop.api.v1alpha1.data.LatentsSpec;
import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.Fixtures;
import dev.isoflop.worker.data.ImageShape;
import dev.isoflop.worker.data.shard.read.SamplePlace;
import dev.isoflop.worker.data.shard.read.StoredFile;
import dev.isoflop.worker.data.shard.read.StoredSample;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class LatentDecoderTest {
  private static final ImageShape SHAPE = new ImageShape(4, 4);
  private static final LatentsSpec SCALED = spec(LatentKind.Sample, true, LatentType.Float16);

  @Test
  void scaledLatentsAreTakenAsTheyAre() throws Exception {
    float[] latents = decode(SCALED, sample(0, "bytes", halves(3)), Pass.EVALUATION);

    assertThat(latents).hasSize(64);
    assertThat(latents[63]).isEqualTo(Fixtures.latent(3, 63));
  }

  @Test
  void othersAreShiftedAndScaled() throws Exception {
    LatentsSpec raw =
        new LatentsSpec(LatentKind.Sample, false, 0.5, 0.25, LatentType.Float16, "vae");
    float[] latents = decode(raw, sample(0, "bytes", halves(3)), Pass.EVALUATION);

    assertThat(latents[63]).isEqualTo((Fixtures.latent(3, 63) - 0.25f) * 0.5f);
  }

  @Test
  void meansAreDrawnFromAnewInEachPassAndTheSameAgain() throws Exception {
    LatentsSpec spec = spec(LatentKind.MeanStd, true, LatentType.Float32);
    StoredSample sample = sample(5, "bytes", meanStd(2f));

    float[] first = decode(spec, sample, new Pass(1, 0));
    assertThat(decode(spec, sample, new Pass(1, 0))).isEqualTo(first);
    assertThat(decode(spec, sample, new Pass(1, 1))).isNotEqualTo(first);
    assertThat(decode(spec, sample, new Pass(2, 0))).isNotEqualTo(first);
    assertThat(decode(spec, sample, Pass.EVALUATION)).isNotEqualTo(first);
    assertThat(decode(spec, sample(6, "bytes", meanStd(2f)), new Pass(1, 0))).isNotEqualTo(first);
    assertThat(decode(spec, sample(5, "bytes", meanStd(0f)), new Pass(1, 0))).containsOnly(1f);
  }

  @Test
  void drawsHaveTheStoredMeanAndDeviation() throws Exception {
    LatentsSpec spec = spec(LatentKind.MeanStd, true, LatentType.Float32);
    double sum = 0;
    double squares = 0;
    double fourth = 0;
    int count = 0;
    for (int i = 0; i < 500; i++) {
      for (float value : decode(spec, sample(i, "bytes", meanStd(2f)), new Pass(1, 0))) {
        double z = (value - 1) / 2;
        sum += z;
        squares += z * z;
        fourth += z * z * z * z;
        count++;
      }
    }
    // Five standard errors of the moments of 32,000 normal numbers.
    assertThat(sum / count).isCloseTo(0, within(5 / Math.sqrt(count)));
    assertThat(squares / count).isCloseTo(1, within(5 * Math.sqrt(2.0 / count)));
    assertThat(fourth / count).isCloseTo(3, within(5 * Math.sqrt(96.0 / count)));
  }

  @Test
  void logarithmsOfVariancesAreNotTakenForDeviations() {
    LatentsSpec spec = spec(LatentKind.MeanStd, true, LatentType.Float32);

    assertThatThrownBy(() -> decode(spec, sample(0, "bytes", meanStd(-3f)), Pass.EVALUATION))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("exp(logvar / 2)");
  }

  @Test
  void refusesFilesThatDisagreeWithTheSettings() throws Exception {
    byte[] npy = Fixtures.bytes("array/f4.npy");

    assertThatThrownBy(() -> decode(SCALED, sample(0, "npy", npy), Pass.EVALUATION))
        .hasMessage(
            "data.train.uri, shard s, entry k: holds latents [2, 3] of float32, but latents.dtype"
                + " is Float16; set latents.dtype to what is stored");
    LatentsSpec single = spec(LatentKind.Sample, true, LatentType.Float32);
    assertThatThrownBy(() -> decode(single, sample(0, "npy", npy), Pass.EVALUATION))
        .hasMessageContaining(
            "holds latents [2, 3] of float32, but data.channels, data.imageSize and latents.kind"
                + " (Sample) ask for [4, 4, 4]");
    LatentsSpec both = spec(LatentKind.MeanStd, true, LatentType.Float16);
    assertThatThrownBy(() -> decode(both, sample(0, "bytes", halves(0)), Pass.EVALUATION))
        .hasMessageContaining("[64] of float16")
        .hasMessageContaining("(MeanStd) ask for [8, 4, 4]");
    assertThatThrownBy(() -> decode(SCALED, sample(0, "bytes", new byte[127]), Pass.EVALUATION))
        .hasMessageContaining("holds 127 bytes, which are not an array [63] of float16");
  }

  @Test
  void refusesWhatIsNotFinite() {
    byte[] content = halves(0);
    content[7] = 0x7c; // an infinity, or a number that is none
    assertThatThrownBy(() -> decode(SCALED, sample(0, "bytes", content), Pass.EVALUATION))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("holds the value");
  }

  static LatentsSpec spec(LatentKind kind, boolean scaled, LatentType type) {
    return new LatentsSpec(kind, scaled, 0.18215, 0.0, type, "vae");
  }

  private static float[] decode(LatentsSpec spec, StoredSample sample, Pass pass)
      throws DataException {
    return new LatentDecoder(spec, SHAPE).decode(sample, pass.random(sample.place()));
  }

  /** Means of 1 with one deviation for all. */
  private static byte[] meanStd(float deviation) {
    ByteBuffer content = ByteBuffer.allocate(2 * 64 * 4).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < 128; i++) {
      content.putFloat(i < 64 ? 1f : deviation);
    }
    return content.array();
  }

  /** The latents of the fixtures; their values are exact in halves. */
  private static byte[] halves(int sample) {
    ByteBuffer content = ByteBuffer.allocate(128).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < 64; i++) {
      float value = Fixtures.latent(sample, i);
      int bits = Float.floatToIntBits(value);
      int exponent = (bits >> 23 & 0xff) - 112;
      content.putShort(
          (short)
              (value == 0
                  ? 0
                  : ((bits >> 16) & 0x8000) | (exponent << 10) | ((bits >> 13) & 0x3ff)));
    }
    return content.array();
  }

  private static StoredSample sample(long number, String extension, byte[] content) {
    return new StoredSample(
        new SamplePlace("data.train.uri, shard s", 0, number),
        "k",
        StoredFile.read("k", extension, content),
        Optional.empty(),
        Optional.empty());
  }
}
