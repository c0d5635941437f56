package dev.isoflop.worker.data.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.isoflop.rules.DataRules;
import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.cache.FeatureStore;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MiniLmModelTest {
  private static final int TOKENS = 32;
  private static MiniLmModel model = new MiniLmModel(TOKENS);

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    model = new MiniLmModel(TOKENS);
  }

  @AfterAll
  static void stop() {
    model.close();
  }

  @Test
  void givesEveryTokenItsFeatures() throws DataException {
    // [CLS] a red apple [SEP]
    assertThat(model.encode("a red apple")).hasSize(5 * DataRules.MINILM_WIDTH).doesNotContain(0f);
    assertThat(model.encode("")).hasSize(2 * DataRules.MINILM_WIDTH);
    assertThat(model.encode("apple ".repeat(100))).hasSize(TOKENS * DataRules.MINILM_WIDTH);
  }

  /** The cosines that sentence-transformers' own mean pooling gives. */
  @Test
  void knowsWhichCaptionsAreAlike() throws DataException {
    double[] red = mean(model.encode("red apple"));

    assertThat(cosine(red, mean(model.encode("green apple")))).isCloseTo(0.80, within(0.01));
    assertThat(cosine(red, mean(model.encode("grinning face")))).isCloseTo(0.10, within(0.01));
  }

  @Test
  void givesTheSameBitsAloneAndAmongManyThreads() throws DataException {
    List<String> captions = IntStream.range(0, 24).mapToObj(i -> "number " + i % 7).toList();
    MiniLmModel fresh = new MiniLmModel(TOKENS);
    try {
      List<float[]> crowded =
          captions.parallelStream().map(caption -> encode(fresh, caption)).toList();
      for (int i = 0; i < captions.size(); i++) {
        assertThat(crowded.get(i)).isEqualTo(model.encode(captions.get(i)));
      }
    } finally {
      fresh.close();
    }
  }

  @Test
  void padsWithZerosAndComesBackFromDisk() throws DataException {
    float[] first = new float[TOKENS * DataRules.MINILM_WIDTH + 1];
    Arrays.fill(first, 7f);
    FeatureStore store = FeatureStore.open(folder, model.digest(), 1 << 20);
    new CachedTextEncoder(model, store, 0).encode("a red apple", first, 1);

    assertThat(first[0]).isEqualTo(7f);
    assertThat(Arrays.copyOfRange(first, 1, 1 + 5 * DataRules.MINILM_WIDTH))
        .isEqualTo(model.encode("a red apple"));
    assertThat(Arrays.copyOfRange(first, 1 + 5 * DataRules.MINILM_WIDTH, first.length))
        .containsOnly(0f);

    float[] second = first.clone();
    Arrays.fill(second, 1, second.length, 3f);
    new CachedTextEncoder(new Failing(), store, 0).encode("a red apple", second, 1);
    assertThat(second).isEqualTo(first);
  }

  /** A network that must not be asked. */
  private static final class Failing implements CaptionModel {
    @Override
    public int tokens() {
      return TOKENS;
    }

    @Override
    public int width() {
      return DataRules.MINILM_WIDTH;
    }

    @Override
    public float[] encode(String caption) {
      throw new AssertionError("'" + caption + "' was encoded again");
    }

    @Override
    public String digest() {
      return "";
    }

    @Override
    public void close() {}
  }

  private static float[] encode(MiniLmModel model, String caption) {
    try {
      return model.encode(caption);
    } catch (DataException e) {
      throw new AssertionError(e);
    }
  }

  private static double[] mean(float[] features) {
    double[] mean = new double[DataRules.MINILM_WIDTH];
    for (int i = 0; i < features.length; i++) {
      mean[i % mean.length] += features[i] * (double) mean.length / features.length;
    }
    return mean;
  }

  private static double cosine(double[] a, double[] b) {
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      ab += a[i] * b[i];
      aa += a[i] * a[i];
      bb += b[i] * b[i];
    }
    return ab / Math.sqrt(aa * bb);
  }
}
