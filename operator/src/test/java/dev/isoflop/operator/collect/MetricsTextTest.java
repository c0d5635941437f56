package dev.isoflop.operator.collect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricsTextTest {
  /** The samples of a page that arrives in parts of one to three bytes. */
  private static List<Sample> samples(String page) throws UnreadableAnswerException {
    List<Sample> samples = new ArrayList<>();
    MetricsText reader = new MetricsText(samples::add);
    byte[] bytes = page.getBytes(UTF_8);
    int size = 1;
    for (int from = 0; from < bytes.length; from += size) {
      size = 1 + from % 3;
      reader.take(bytes, from, Math.min(bytes.length, from + size));
    }
    reader.end();
    return samples;
  }

  @Test
  void readsNamesLabelsAndValuesInOrder() throws UnreadableAnswerException {
    String page =
        """
        # HELP isoflop_step Optimizer steps done.
        # TYPE isoflop_step gauge

        isoflop_step{sweep="a",trial="a-1"} 12
        up 1
        jvm:uptime\t3.5 1700000000000
        spaced { a = "1" , b = "2", } 7e-3
        """;
    assertThat(samples(page))
        .containsExactly(
            new Sample("isoflop_step", Map.of("sweep", "a", "trial", "a-1"), 12),
            new Sample("up", Map.of(), 1),
            new Sample("jvm:uptime", Map.of(), 3.5),
            new Sample("spaced", Map.of("a", "1", "b", "2"), 0.007));
  }

  @Test
  void readsValuesThatAreNoFiniteNumbers() throws UnreadableAnswerException {
    assertThat(samples("a NaN\nb +Inf\nc -Inf\nd 1e400"))
        .extracting(Sample::value)
        .containsExactly(
            Double.NaN,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            Double.POSITIVE_INFINITY);
  }

  @Test
  void anEmptyPageHasNoSamples() throws UnreadableAnswerException {
    assertThat(samples("")).isEmpty();
    assertThat(samples("\n# EOF\n")).isEmpty();
  }

  @Property
  void labelValuesSurviveEscaping(@ForAll String value) throws UnreadableAnswerException {
    String oneLine = value.replace('\r', ' ').replace('\u0000', ' ');
    String escaped = oneLine.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    assertThat(samples("m{l=\"" + escaped + "\"} 1"))
        .containsExactly(new Sample("m", Map.of("l", oneLine), 1));
  }

  @Property
  void valuesKeepTheirBits(
      @ForAll double value, @ForAll @AlphaChars @StringLength(min = 1, max = 9) String name)
      throws UnreadableAnswerException {
    assertThat(samples(name + " " + value).get(0).value()).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "m{l=\"a} 1|line 1, column 10: the label's value has no closing quote",
        "m{l=\"a\"|line 1, column 8: ',' or '}' must follow a label",
        "m{l=\"a\",l=\"b\"} 1|line 1, column 14: a label stands twice",
        "m{l=\"\\t\"} 1|line 1, column 8: unknown escape",
        "m{1=\"a\"} 1|line 1, column 3: a name must stand here",
        "m|line 1, column 2: a blank or '{' must follow the metric's name",
        "m{l=\"a\"} |line 1, column 9: a value must stand here",
        "m one|line 1, column 6: a number must stand before",
        "m 1 soon|line 1, column 9: a timestamp in milliseconds must stand before",
        "m 1 2 3|line 1, column 7: nothing may follow the timestamp",
        "9m 1|line 1, column 1: a name must stand here",
      })
  void aBrokenLineIsRefusedWithItsPlace(String line, String message) {
    assertThatThrownBy(() -> samples(line))
        .isInstanceOf(UnreadableAnswerException.class)
        .hasMessage("malformed metrics, " + message);
  }

  @Test
  void aMessageNeverQuotesThePage() {
    for (String line : List.of("secret", "m secret", "m 1 secret", "m{l=\"secret", "m{secret")) {
      assertThatThrownBy(() -> samples(line)).message().doesNotContain("secret");
    }
  }

  @Test
  void linesAndTheirNumberAreBounded() {
    assertThatThrownBy(() -> samples("m{l=\"" + "x".repeat(MetricsText.LONGEST_LINE)))
        .hasMessage("malformed metrics, line 1: is longer than 8192 bytes");
    assertThatThrownBy(() -> samples("#\n".repeat(MetricsText.MOST_LINES)))
        .hasMessage("malformed metrics: the page has more than 10000 lines");
  }

  @Test
  void oneBrokenLineRefusesThePage() {
    assertThatThrownBy(() -> samples("a 1\nb\nc 3"))
        .isInstanceOf(UnreadableAnswerException.class)
        .hasMessageStartingWith("malformed metrics, line 2");
  }
}
