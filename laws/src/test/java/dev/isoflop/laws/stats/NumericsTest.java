package dev.isoflop.laws.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumericsTest {

  @Property(tries = 500)
  void theRatioSeriesIsTheLogarithm(
      @ForAll @DoubleRange(min = .01, max = 100) double a,
      @ForAll @DoubleRange(min = -.2, max = .2) double relative) {
    double b = a * (1 + relative);
    double expected = StrictMath.log(a) - StrictMath.log(b);
    assertThat(LogRatio.of(a, b)).isCloseTo(expected, within(4e-15));
  }

  @Test
  void theRatioSeriesKeepsTheDigitsOfTinyDifferences() {
    assertThat(LogRatio.of(1 + 0x1p-50, 1)).isCloseTo(0x1p-50, within(1e-30));
  }

  @ParameterizedTest
  @CsvSource({"4, .95, 2.776445", "1, .95, 12.706205", "24, .95, 2.063899", "4, .99, 4.604095"})
  void studentsQuantilesAreTheTabulatedOnes(double degrees, double confidence, double t) {
    assertThat(StudentT.twoSided(confidence, degrees)).isCloseTo(t, within(1e-6));
  }

  /** No feasible neighbour of the answer is better, for any matrix of columns. */
  @Property(tries = 300)
  void nonNegativeSolutionsCannotBeImproved(
      @ForAll @Size(12) List<@DoubleRange(min = -2, max = 2) Double> numbers) {
    double[][] gram = new double[3][3];
    double[] moments = new double[3];
    for (int row = 0; row < 4; row++) {
      for (int j = 0; j < 3; j++) {
        moments[j] += numbers.get(3 * row + j) * (row + 1);
        for (int k = 0; k < 3; k++) {
          gram[j][k] += numbers.get(3 * row + j) * numbers.get(3 * row + k);
        }
      }
    }
    for (int j = 0; j < 3; j++) {
      gram[j][j] += 1e-3;
    }
    double[] found = NonNegativeFit.solve(gram, moments);
    double reached = objective(gram, moments, found);
    for (int j = 0; j < 3; j++) {
      assertThat(found[j]).isGreaterThanOrEqualTo(0);
      for (double step : new double[] {-1e-3, 1e-3}) {
        double[] other = found.clone();
        other[j] = Math.max(0, other[j] + step);
        assertThat(objective(gram, moments, other)).isGreaterThanOrEqualTo(reached - 1e-9);
      }
    }
  }

  @Test
  void randomNumbersDependOnNothingButTheirPlace() {
    assertThat(new CounterRandom(1, 2).nextLong()).isEqualTo(new CounterRandom(1, 2).nextLong());
    assertThat(new CounterRandom(1, 2).nextLong()).isNotEqualTo(new CounterRandom(2, 1).nextLong());
    assertThat(new CounterRandom(1, 2).nextLong()).isNotEqualTo(new CounterRandom(1, 3).nextLong());
  }

  @Test
  void randomNumbersHaveTheirMoments() {
    int n = 100_000;
    double mean = 0;
    double square = 0;
    int[] counts = new int[7];
    // a new stream for every number, as the bootstrap uses them
    for (int i = 0; i < n; i++) {
      CounterRandom random = new CounterRandom(11, i);
      counts[random.nextInt(7)]++;
      double normal = random.nextGaussian();
      mean += normal / n;
      square += normal * normal / n;
    }
    assertThat(mean).isCloseTo(0, within(.015));
    assertThat(square).isCloseTo(1, within(.02));
    for (int count : counts) {
      assertThat(count / (double) n).isCloseTo(1 / 7.0, within(.005));
    }
  }

  @Test
  void percentilesInterpolate() {
    Interval half = Percentiles.central(new double[] {4, 0, 3, 1, 2}, .5);
    assertThat(half).isEqualTo(new Interval(1, 3));
    assertThat(Percentiles.central(new double[] {7}, .95)).isEqualTo(new Interval(7, 7));
  }

  private static double objective(double[][] gram, double[] moments, double[] c) {
    double value = 0;
    for (int j = 0; j < 3; j++) {
      value -= 2 * moments[j] * c[j];
      for (int k = 0; k < 3; k++) {
        value += c[j] * gram[j][k] * c[k];
      }
    }
    return value;
  }
}
