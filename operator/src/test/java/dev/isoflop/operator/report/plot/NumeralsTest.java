package dev.isoflop.operator.report.plot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NumeralsTest {

  @Test
  void numbersHaveTrueMinusSigns() {
    assertThat(Numerals.significant(-0.02734, 2)).isEqualTo("\u22120.027");
    assertThat(Numerals.decimal(-0.5, 3)).isEqualTo("\u22120.500");
    assertThat(Numerals.count(-950)).isEqualTo("\u2212950");
  }

  @Test
  void powersOfTenDropAMantissaOfOne() {
    assertThat(Numerals.flops(1e17).plain()).isEqualTo("10^17");
    assertThat(Numerals.flops(3.162e18).plain()).isEqualTo("3.16\u00d710^18");
    assertThat(Numerals.given(-9.0e-4).plain()).isEqualTo("\u22129\u00d710^\u22124");
    assertThat(Numerals.scientific(8.917e-4, 3).plain()).isEqualTo("8.92\u00d710^\u22124");
  }

  @Test
  void numbersOfMessagesAreSetButNotThoseWithinNames() {
    assertThat(Numerals.rich("D* = 2.25e-4 C^0.907 at 1e17, see 1e17-04, v1e17 and a@1e5").plain())
        .isEqualTo("D* = 2.25\u00d710^\u22124 C^0.907 at 10^17, see 1e17-04, v1e17 and a@1e5");
  }

  @Test
  void whatIsNotFiniteSaysSo() {
    assertThat(Numerals.significant(Double.NaN, 3)).isEqualTo("NaN");
    assertThat(Numerals.scientific(Double.NEGATIVE_INFINITY, 3).plain()).isEqualTo("\u2212\u221e");
  }
}
