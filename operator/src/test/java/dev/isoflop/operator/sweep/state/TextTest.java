package dev.isoflop.operator.sweep.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing is left out of a message without saying so. */
class TextTest {

  @Test
  void aTextThatFitsStays() {
    assertThat(Text.clip("x".repeat(64), 64)).isEqualTo("x".repeat(64));
    assertThat(Text.join(List.of("a", "b"), 96)).isEqualTo("a; b");
    assertThat(Text.join(List.of(), 96)).isEmpty();
    assertThat(Text.join(List.of("x".repeat(80), "y".repeat(14)), 96)).hasSize(96);
  }

  @Test
  void aLongTextEndsAtAWordAndCountsTheRest() {
    String clipped = Text.clip("word ".repeat(1000).strip(), 100);
    assertThat(clipped)
        .hasSizeLessThanOrEqualTo(100)
        .matches("(word )+\u2026 \\(4,9\\d\\d more characters\\)");
    int left = Integer.parseInt(clipped.replaceAll(".*\\(|[^0-9]", ""));
    assertThat(clipped.indexOf(" \u2026") + left).isEqualTo(4999);
  }

  @ParameterizedTest
  @ValueSource(ints = {64, 65, 66, 67, 100, 1024})
  void noCharacterIsCutInTwo(int longest) {
    String clipped = Text.clip("\uD83D\uDE00".repeat(2000), longest);
    assertThat(clipped).hasSizeLessThanOrEqualTo(longest);
    assertThat(clipped.codePoints()).noneMatch(point -> point >= 0xD800 && point <= 0xDFFF);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 10, 64, 5000})
  void messagesStayWholeAndTheOthersAreCounted(int count) {
    List<String> messages = Collections.nCopies(count, "spec.budgets[0]: is wrong; mend it");
    String joined = Text.join(messages, 200);
    assertThat(joined).hasSizeLessThanOrEqualTo(200);
    int kept = joined.split("spec", -1).length - 1;
    assertThat(joined)
        .endsWith(kept == count ? "mend it" : "; and %d more".formatted(count - kept));
    assertThat(kept).isEqualTo(Math.min(count, count <= 5 ? count : 5));
  }

  @Test
  void aFirstMessageThatIsTooLongIsCutBeforeTheCount() {
    assertThat(Text.join(List.of("word ".repeat(100), "b", "c"), 120))
        .hasSizeLessThanOrEqualTo(120)
        .endsWith("more characters); and 2 more");
    assertThat(Text.join(List.of("word ".repeat(100)), 120)).endsWith("more characters)");
  }
}
