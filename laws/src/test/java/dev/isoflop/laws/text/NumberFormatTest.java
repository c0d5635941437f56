package dev.isoflop.laws.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberFormatTest {

  @ParameterizedTest
  @CsvSource({
    "1e17, 1e17",
    "3.16227e18, 3.16e18",
    "12.5, 12.5",
    "0.002, 2e-3",
    "0, 0",
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
    ".5, 0.5",
    "-1250, -1.25K",
    "0, 0",
    "999900, 1M",
    "NaN, NaN"
  })
  void countsReadAsTheFieldWritesThem(double value, String text) {
    assertThat(NumberFormat.count(value)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "0.008, 0.008",
    "1e-8, 1e-8",
    "3e-5, 3e-5",
    "0.95, 0.95",
    "20000, 20000",
    "2.5e6, 2.5e6"
  })
  void chosenNumbersKeepTheDigitsThatWereGiven(double value, String text) {
    assertThat(NumberFormat.given(value)).isEqualTo(text);
  }

  @Test
  void wholeNumbersAreGroupedInThrees() {
    assertThat(NumberFormat.whole(1234567)).isEqualTo("1,234,567");
    assertThat(NumberFormat.whole(-999)).isEqualTo("-999");
    assertThat(NumberFormat.several(1, "trial")).isEqualTo("1 trial");
    assertThat(NumberFormat.several(4096, "trial")).isEqualTo("4,096 trials");
  }

  @Test
  void decimalsFollowTheWidthOfAnIntervalAndTheNumber() {
    assertThat(NumberFormat.decimals(0.553, 0.051)).isEqualTo(3);
    assertThat(NumberFormat.decimals(0.553, 0.0042)).isEqualTo(4);
    assertThat(NumberFormat.decimals(11.3, 3)).isEqualTo(1);
    assertThat(NumberFormat.decimals(0.0738, Double.POSITIVE_INFINITY)).isEqualTo(4);
  }

  @Test
  void measuredSecondsBelowTenHaveADecimal() {
    assertThat(NumberFormat.duration(4.21)).isEqualTo("4.2s");
    assertThat(NumberFormat.duration(9.97)).isEqualTo("10s");
    assertThat(NumberFormat.duration(200.)).isEqualTo("3m 20s");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 3, 0", "0.027349, 3, 0.0273", "2.3941, 4, 2.394", "8.917e-4, 3, 8.92e-4",
    "2.2551e6, 3, 2.26e6", "9999.6, 4, 10000", "-0.5, 2, -0.50", "NaN, 3, NaN",
  })
  void numbersHaveSoManySignificantDigits(double value, int digits, String text) {
    assertThat(NumberFormat.significant(value, digits)).isEqualTo(text);
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
    assertThat(NumberFormat.interval(low, high, digits, NumberFormat::significant)).isEqualTo(text);
  }

  @Test
  void countsInIntervalsGetFurtherDigitsToo() {
    assertThat(NumberFormat.interval(2.3601e6, 2.3609e6, 3, NumberFormat::count))
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
    assertThat(NumberFormat.duration(Duration.ofMillis(millis))).isEqualTo(text);
  }
}
