package dev.isoflop.operator.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class EmojiLabelsTest {
  @Test
  void variantsKnowTheEmojiTheyAreVariantsOf() throws DatasetException {
    EmojiLabels labels =
        parse(
            "[{\"label\":\"waving hand\",\"hexcode\":\"1F44B\",\"skins\":"
                + "[{\"label\":\"waving hand: dark skin tone\",\"hexcode\":\"1F44B-1F3FF\"}]},"
                + "{\"label\":\"red heart\",\"hexcode\":\"2764\"}]");

    assertThat(labels.find("1f44b-1f3ff"))
        .contains(new EmojiLabel("waving hand: dark skin tone", "waving hand"));
    assertThat(labels.find("1f44b")).contains(new EmojiLabel("waving hand", "waving hand"));
    assertThat(labels.find("2764-fe0f")).contains(new EmojiLabel("red heart", "red heart"));
    assertThat(labels.find("1f600")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[{", "[{\"label\":\"x\"}]", "[{\"hexcode\":\"1F44B\"}]", "[1]"})
  void saysThatLabelsAreNotAsExpected(String json) {
    assertThatThrownBy(() -> parse(json))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("use the pinned version");
  }

  private static EmojiLabels parse(String json) throws DatasetException {
    return EmojiLabels.parse(json.getBytes(StandardCharsets.UTF_8));
  }
}
