package dev.isoflop.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShownTextTest {
  @ParameterizedTest
  @ValueSource(
      ints = {
        0x00, 0x07, 0x08, 0x0d, 0x1b, 0x7f, 0x85, 0x9b, 0x061c, 0x200e, 0x200f, 0x2028, 0x2029,
        0x202a, 0x202e, 0x2066, 0x2069, 0xfff9
      })
  void whatSteersIsEscaped(int character) {
    String shown = ShownText.lines("a" + (char) character + "b");
    assertThat(shown).isEqualTo("a\\u%04xb".formatted(character));
    assertThat(ShownText.lines(shown)).isEqualTo(shown);
  }

  @Test
  void whatIsSeenStays() {
    String text = "a\tb\nß 漢字 עברית 👩‍💻 ✓";
    assertThat(ShownText.lines(text)).isEqualTo(text);
    assertThat(ShownText.line(text)).isEqualTo("a b ß 漢字 עברית 👩‍💻 ✓");
  }

  @Test
  void messagesHoldNoSecretsEither() {
    assertThat(ShownText.message("\u001b[2Jhttps://h/a?sig=abc is gone"))
        .isEqualTo("\\u001b[2Jhttps://h/a?… is gone");
  }
}
