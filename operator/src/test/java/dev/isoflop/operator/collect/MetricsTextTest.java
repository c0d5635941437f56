package dev.isoflop.operator.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricsTextTest {
  @Test
  void readsNamesLabelsAndValuesInOrder() throws MalformedMetricsException {
    String page =
        """
        # HELP isoflop_step Optimizer steps done.
        # TYPE isoflop_step gauge

        isoflop_step{sweep="a",trial="a-1"} 12
        up 1
        jvm:uptime\t3.5 1700000000000
        spaced { a = "1" , b = "2", } 7e-3
        """;
    assertThat(MetricsText.parse(page))
        .containsExactly(
            new Sample("isoflop_step", Map.of("sweep", "a", "trial", "a-1"), 12),
            new Sample("up", Map.of(), 1),
            new Sample("jvm:uptime", Map.of(), 3.5),
            new Sample("spaced", Map.of("a", "1", "b", "2"), 0.007));
  }

  @Test
  void readsValuesThatAreNoFiniteNumbers() throws MalformedMetricsException {
    assertThat(MetricsText.parse("a NaN\nb +Inf\nc -Inf\nd 1e400"))
        .extracting(Sample::value)
        .containsExactly(
            Double.NaN,
            Double.POSITIVE_INFINITY,
            Double.NEGATIVE_INFINITY,
            Double.POSITIVE_INFINITY);
  }

  @Test
  void anEmptyPageHasNoSamples() throws MalformedMetricsException {
    assertThat(MetricsText.parse("")).isEmpty();
    assertThat(MetricsText.parse("\n# EOF\n")).isEmpty();
  }

  @Property
  void labelValuesSurviveEscaping(@ForAll String value) throws MalformedMetricsException {
    String oneLine = value.replace('\r', ' ').replace('\u0000', ' ');
    String escaped = oneLine.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    assertThat(MetricsText.parse("m{l=\"" + escaped + "\"} 1"))
        .containsExactly(new Sample("m", Map.of("l", oneLine), 1));
  }

  @Property
  void valuesKeepTheirBits(
      @ForAll double value, @ForAll @AlphaChars @StringLength(min = 1, max = 9) String name)
      throws MalformedMetricsException {
    assertThat(MetricsText.parse(name + " " + value).get(0).value()).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "m{l=\"a} 1|line 1, column 10: the label's value has no closing quote",
        "m{l=\"a\"|line 1, column 8: ',' or '}' must follow a label",
        "m{l=\"a\",l=\"b\"} 1|line 1, column 14: label l stands twice",
        "m{l=\"\\t\"} 1|line 1, column 8: unknown escape \\t",
        "m{1=\"a\"} 1|line 1, column 3: a name must stand here",
        "m|line 1, column 2: a blank or '{' must follow the metric's name",
        "m{l=\"a\"} |line 1, column 9: a value must stand here",
        "m one|line 1, column 6: 'one' is not a number",
        "m 1 soon|line 1, column 9: 'soon' is no timestamp in milliseconds",
        "m 1 2 3|line 1, column 7: nothing may follow the timestamp",
        "9m 1|line 1, column 1: a name must stand here",
      })
  void aBrokenLineIsRefusedWithItsPlace(String line, String message) {
    assertThatThrownBy(() -> MetricsText.parse(line))
        .isInstanceOf(MalformedMetricsException.class)
        .hasMessage(message);
  }

  @Test
  void oneBrokenLineRefusesThePage() {
    assertThatThrownBy(() -> MetricsText.parse("a 1\nb\nc 3"))
        .isInstanceOf(MalformedMetricsException.class)
        .hasMessageStartingWith("line 2");
  }
}
