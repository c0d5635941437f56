package dev.isoflop.operator.report.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvFileTest {
  private static String written(String cell) throws IOException {
    CsvFile file = new CsvFile(List.of("trial", "loss"));
    file.row(List.of(cell, "1.5"));
    return CSVFormat.RFC4180.parse(new StringReader(file.toString())).getRecords().get(1).get(0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "=cmd|' /C calc'!A0",
        "+1+1",
        "-2+3",
        "@SUM(1)",
        "  =1",
        "\u00a0=1",
        "'=1",
        "＝1",
        "-",
        "-1e5x",
        "=\"\n\"",
      })
  void noTextIsAFormula(String cell) throws IOException {
    assertThat(written(cell)).isEqualTo("'" + cell.replace('\n', ' '));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.0",
        "-1.0",
        "+3",
        "1.0E17",
        "-4.9E-324",
        "-Infinity",
        "NaN",
        "",
        "small-1e10-l2w32",
        "a=b",
        "5 - 3",
        "ß 漢字 👩‍💻",
      })
  void numbersAndOtherTextStayAsTheyAre(String cell) throws IOException {
    assertThat(written(cell)).isEqualTo(cell);
  }

  @Test
  void whatSteersIsEscaped() throws IOException {
    assertThat(written("a\u001b[2J\u0007\u009b\u202eb\u2028c\td\re"))
        .isEqualTo("a\\u001b[2J\\u0007\\u009b\\u202eb\\u2028c d e");
    assertThat(written("\t=1")).isEqualTo("' =1");
    assertThat(written("\r@1")).isEqualTo("' @1");
  }
}
