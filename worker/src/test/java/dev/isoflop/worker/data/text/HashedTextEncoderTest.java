package dev.isoflop.worker.data.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;

final class HashedTextEncoderTest {
  private static final int TOKENS = 4;
  private static final int WIDTH = 32;

  private final HashedTextEncoder encoder = new HashedTextEncoder(TOKENS, WIDTH);

  @Test
  void aWordHasOneVectorWhereverItStands() {
    float[] features = encode("red circle red");

    assertThat(token(features, 2)).isEqualTo(token(features, 0));
    assertThat(token(features, 1)).isNotEqualTo(token(features, 0));
  }

  @Test
  void anotherEncoderGivesTheSameBits() {
    float[] features = new float[TOKENS * WIDTH];
    new HashedTextEncoder(TOKENS, WIDTH).encode("a ring", features, 0);

    assertThat(features).isEqualTo(encode("a ring"));
  }

  @Test
  void vectorsAreTheRecordedOnes() {
    float[] features = new float[4];
    new HashedTextEncoder(1, 4).encode("circle", features, 0);

    assertThat(features).containsExactly(RECORDED, within(1e-6f));
  }

  /** Computed apart, in Python. */
  private static final float[] RECORDED = {-1.1677822f, -0.6592178f, -0.4953709f, -1.3986866f};

  @Test
  void positionsWithoutAWordAreZeroEvenInUsedMemory() {
    float[] features = new float[TOKENS * WIDTH];
    Arrays.fill(features, 7f);
    encoder.encode("one two", features, 0);

    assertThat(Arrays.copyOfRange(features, 2 * WIDTH, 4 * WIDTH)).containsOnly(0f);
  }

  @Test
  void anEmptyCaptionIsAllZeros() {
    assertThat(encode("  -- !! ")).containsOnly(0f);
  }

  @Test
  void wordsAfterTheLastPositionAreDropped() {
    assertThat(encode("a b c d e f")).isEqualTo(encode("a b c d"));
  }

  @Test
  void writesNothingOutsideItsPlace() {
    float[] features = new float[TOKENS * WIDTH + 10];
    Arrays.fill(features, 7f);
    encoder.encode("a b c d e f", features, 5);

    assertThat(Arrays.copyOfRange(features, 0, 5)).containsOnly(7f);
    assertThat(Arrays.copyOfRange(features, TOKENS * WIDTH + 5, TOKENS * WIDTH + 10))
        .containsOnly(7f);
  }

  @Test
  void letterCaseAndPunctuationDoNotMatter() {
    assertThat(encode("Red, CIRCLE!")).isEqualTo(encode("red circle"));
  }

  @Test
  void theDefaultLocaleDoesNotMatter() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("tr"));
      assertThat(encode("BIG")).isEqualTo(encode("big"));
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void composedAndDecomposedLettersAreOneWord() {
    assertThat(encode("caf\u00e9")).isEqualTo(encode("cafe\u0301"));
    assertThat(encode("caf\u00e9")).isNotEqualTo(encode("cafe"));
  }

  @Test
  void everyVectorHasAMeanSquareOfOne() {
    for (String word : new String[] {"a", "circle", "zebra", "7", "\u4e2d\u6587"}) {
      double squares = 0;
      for (float value : token(encode(word), 0)) {
        squares += (double) value * value;
      }
      assertThat(squares / WIDTH).as(word).isCloseTo(1, within(1e-5));
    }
  }

  @Test
  void differentWordsAreNearlyOrthogonal() {
    HashedTextEncoder wide = new HashedTextEncoder(2, 4096);
    float[] features = new float[2 * 4096];
    wide.encode("red blue", features, 0);
    double product = 0;
    for (int i = 0; i < 4096; i++) {
      product += features[i] * features[4096 + i];
    }

    assertThat(product / 4096).as("cosine; its standard deviation is 1/64").isBetween(-0.07, 0.07);
  }

  @Test
  void refusesAnEmptyShape() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new HashedTextEncoder(0, 8))
        .withMessageContaining("0 and 8");
  }

  private float[] encode(String caption) {
    float[] features = new float[TOKENS * WIDTH];
    encoder.encode(caption, features, 0);
    return features;
  }

  private static float[] token(float[] features, int position) {
    return Arrays.copyOfRange(features, position * WIDTH, (position + 1) * WIDTH);
  }
}
