package dev.isoflop.operator.report.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ScaleTest {

  @Test
  void wideLogAxesAreLabelledWithPowersOfTenAndHaveMinorTicks() {
    List<Tick> ticks = new LogScale(5e16, 2e19).ticks(8);

    assertThat(labels(ticks)).containsExactly("10^17", "10^18", "10^19");
    assertThat(ticks).extracting(Tick::value).contains(6e16, 2e17, 9e18);
  }

  @Test
  void shortLogAxesAreLabelledAtOneTwoFive() {
    assertThat(labels(new LogScale(8e5, 6e7).ticks(10)))
        .containsExactly("10^6", "2×10^6", "5×10^6", "10^7", "2×10^7", "5×10^7");
  }

  @Test
  void logAxesOfLessThanADecadeAreLabelledLikeLinearOnes() {
    assertThat(labels(new LogScale(0.71, 0.86).ticks(4))).containsExactly("0.75", "0.80", "0.85");
  }

  @Test
  void veryLongLogAxesSkipDecades() {
    List<Tick> ticks = new LogScale(1e-3, 1e21).ticks(6);

    assertThat(labels(ticks)).containsExactly("10^0", "10^4", "10^8", "10^12", "10^16", "10^20");
  }

  @Test
  void linearAxesHaveRoundLabelsWithTrueMinusSigns() {
    assertThat(labels(new LinearScale(-0.021, 0.043).ticks(5)))
        .containsExactly("\u22120.02", "0.00", "0.02", "0.04");
  }

  @Test
  void aLogAxisRefusesValuesThatHaveNoLogarithm() {
    Scale scale = new LogScale(1, 10);

    assertThat(scale.shows(0)).isFalse();
    assertThat(scale.shows(-1)).isFalse();
    assertThat(scale.shows(Double.NaN)).isFalse();
    assertThat(scale.shows(Double.POSITIVE_INFINITY)).isFalse();
    assertThatThrownBy(() -> new LogScale(0, 10)).hasMessageContaining("0.0 to 10.0");
  }

  @Test
  void aSpanOfOneValuePutsItInTheMiddle() {
    assertThat(Span.linear().include(0.8).scale(0.1).fraction(0.8)).isCloseTo(0.5, within(1e-9));
    assertThat(Span.logarithmic().include(1e17).scale(0.1).fraction(1e17))
        .isCloseTo(0.5, within(1e-9));
    assertThat(Span.linear().include(0).scale(0.1).fraction(0)).isCloseTo(0.5, within(1e-9));
  }

  @Test
  void aSpanIgnoresWhatItsScaleCannotShow() {
    Span span = Span.logarithmic();
    span.include(Double.NaN).include(-3).include(0).include(Double.POSITIVE_INFINITY);

    assertThat(span.isEmpty()).isTrue();
    assertThat(span.include(5).isEmpty()).isFalse();
  }

  @Property(tries = 200)
  void ticksAscendWithinTheAxis(
      @ForAll @DoubleRange(min = -12, max = 20) double lowExponent,
      @ForAll @DoubleRange(min = 0.01, max = 8) double decades,
      @ForAll @IntRange(min = 2, max = 12) int labels) {
    double low = StrictMath.pow(10, lowExponent);
    for (Scale scale :
        List.of(
            new LogScale(low, low * StrictMath.pow(10, decades)),
            new LinearScale(-low, low * decades))) {
      List<Tick> ticks = scale.ticks(labels);

      assertThat(ticks).extracting(Tick::value).isSorted();
      assertThat(ticks)
          .allMatch(
              tick ->
                  scale.fraction(tick.value()) > -1e-6 && scale.fraction(tick.value()) < 1 + 1e-6);
      assertThat(labels(ticks)).doesNotHaveDuplicates().hasSizeBetween(2, Math.max(6, labels + 2));
    }
  }

  @Property(tries = 200)
  void valueInvertsFraction(@ForAll @DoubleRange(min = 0, max = 1) double fraction) {
    for (Scale scale : List.of(new LogScale(3e16, 2e21), new LinearScale(-4, 9))) {
      assertThat(scale.fraction(scale.value(fraction))).isCloseTo(fraction, within(1e-12));
    }
  }

  private static List<String> labels(List<Tick> ticks) {
    return ticks.stream().flatMap(tick -> tick.label().stream()).map(RichText::plain).toList();
  }
}
