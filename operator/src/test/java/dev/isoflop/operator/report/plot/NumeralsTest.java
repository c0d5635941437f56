package dev.isoflop.operator.report.plot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NumeralsTest {

  @Test
  void significantDigitsKeepTrailingZeros() {
    assertThat(Numerals.significant(0.027, 3)).isEqualTo("0.0270");
    assertThat(Numerals.significant(958.3, 3)).isEqualTo("958");
    assertThat(Numerals.significant(-0.02734, 2)).isEqualTo("\u22120.027");
    assertThat(Numerals.significant(0.99996, 3)).isEqualTo("1.00");
    assertThat(Numerals.significant(-0.0, 3)).isEqualTo("0");
  }

  @Test
  void powersOfTenDropAMantissaOfOne() {
    assertThat(Numerals.power(1e17, 3).plain()).isEqualTo("10^17");
    assertThat(Numerals.power(3.162e18, 3).plain()).isEqualTo("3.16×10^18");
    assertThat(Numerals.power(9.0e-4, 2).plain()).isEqualTo("9×10^\u22124");
    assertThat(Numerals.power(9.996e16, 3).plain()).isEqualTo("10^17");
  }

  @Test
  void countsCarryTheirUnit() {
    assertThat(Numerals.count(958_300_000)).isEqualTo("958\u00a0M");
    assertThat(Numerals.count(2.61e11)).isEqualTo("261\u00a0B");
    assertThat(Numerals.count(999_900)).isEqualTo("1.00\u00a0M");
    assertThat(Numerals.count(950)).isEqualTo("950");
  }

  @Test
  void wholeNumbersAreGroupedInThrees() {
    assertThat(Numerals.whole(1234567)).isEqualTo("1\u202f234\u202f567");
    assertThat(Numerals.whole(999)).isEqualTo("999");
    assertThat(Numerals.whole(-0.2)).isEqualTo("0");
  }

  @Test
  void whatIsNoNumberSaysSo() {
    assertThat(Numerals.significant(Double.NaN, 3)).isEqualTo("NaN");
    assertThat(Numerals.scientific(Double.NEGATIVE_INFINITY, 3).plain()).isEqualTo("\u2212\u221e");
    assertThat(Numerals.count(Double.NaN)).isEqualTo("NaN");
  }

  @Test
  void decimalsFollowTheWidthOfAnInterval() {
    assertThat(Numerals.decimalsFor(0.051)).isEqualTo(3);
    assertThat(Numerals.decimalsFor(0.0042)).isEqualTo(4);
    assertThat(Numerals.decimalsFor(3)).isEqualTo(2);
    assertThat(Numerals.decimalsFor(Double.POSITIVE_INFINITY)).isEqualTo(4);
  }
}
