package dev.isoflop.laws.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberFormatTest {

  @ParameterizedTest
  @CsvSource({
    "1e17, 1e17",
    "3.16227e18, 3.16e18",
    "6e18, 6e18",
    "9.999e17, 1e18",
    "1.5e21, 1.5e21"
  })
  void budgetsReadAsTheFieldWritesThem(double value, String text) {
    assertThat(NumberFormat.flops(value)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "950, 950",
    "3.1e6, 3.1M",
    "999999, 1M",
    "958.3e6, 958M",
    "2.61e11, 261B",
    "1250, 1.25K",
    "4.04e12, 4.04T",
    "3e16, 3e16",
    ".5, 0.5"
  })
  void countsReadAsTheFieldWritesThem(double value, String text) {
    assertThat(NumberFormat.count(value)).isEqualTo(text);
  }
}
