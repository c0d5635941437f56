package dev.isoflop.operator.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.operator.cli.text.TextTable.Column;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTest {
  @ParameterizedTest
  @CsvSource({
    "0, 3, 0", "0.027349, 3, 0.0273", "2.3941, 4, 2.394", "8.917e-4, 3, 8.92e-4",
    "2.2551e6, 3, 2.26e6", "9999.6, 4, 10000", "-0.5, 2, -0.50", "NaN, 3, NaN",
  })
  void figuresHaveSoManySignificantDigits(double value, int digits, String text) {
    assertThat(Figures.significant(value, digits)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0.8188 | 0.8284 | 2 | [0.82, 0.83]",
        "11.021 | 11.036 | 2 | [11.02, 11.04]",
        "0.56801 | 0.56804 | 3 | [0.56801, 0.56804]",
        "11 | 11 | 3 | [11.0, 11.0]",
        "0 | Infinity | 3 | [0, Infinity]",
      })
  void intervalsHaveTheDigitsThatTellTheirEndsApart(
      double low, double high, int digits, String text) {
    assertThat(Figures.interval(low, high, digits, Figures::significant)).isEqualTo(text);
  }

  @Test
  void countsInIntervalsGetFurtherDigitsToo() {
    assertThat(Figures.interval(2.3601e6, 2.3609e6, 3, Figures::count))
        .isEqualTo("[2.36M, 2.361M]");
  }

  @ParameterizedTest
  @CsvSource({
    "-5000, 0s",
    "499, 0s",
    "500, 1s",
    "59499, 59s",
    "59500, 1m 00s",
    "130000, 2m 10s",
    "3599499, 59m 59s",
    "3599500, 1h 00m",
    "3900000, 1h 05m",
    "86399999, 1d 00h",
    "273600000, 3d 04h",
  })
  void durationsShowTheirTwoLargestUnits(long millis, String text) {
    assertThat(Figures.duration(Duration.ofMillis(millis))).isEqualTo(text);
  }

  @Test
  void paragraphsBreakAtSpacesAndIndentUnderTheirMark() {
    List<String> lines =
        Paragraph.lines("note: ", Style.WARNING, Ink.PLAIN, "one two  three\nfour", 14);

    assertThat(lines).containsExactly("note: one two", "      three", "      four");
  }

  @Test
  void onlyTheMarkIsPaintedAndNoWidthIsLostToIt() {
    List<String> lines = Paragraph.lines("note: ", Style.WARNING, Ink.COLOUR, "one two three", 14);

    assertThat(lines).containsExactly("\u001b[33mnote:\u001b[0m one two", "      three");
  }

  @Test
  void aWordThatIsTooLongStandsAlone() {
    assertThat(Paragraph.lines("", "a " + "b".repeat(90) + " c"))
        .containsExactly("a", "b".repeat(90), "c");
  }

  @Test
  void tablesAlignTheirColumnsAndEndNoLineInASpace() {
    TextTable table =
        new TextTable(Column.left("NAME"), Column.right("N"), Column.left("NOTE"))
            .row("a", "10", "")
            .row("longer", "9", "x");

    assertThat(table.lines(Ink.PLAIN))
        .containsExactly("NAME     N  NOTE", "a       10", "longer   9  x");
  }
}
