package dev.isoflop.worker.evaluate.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import dev.isoflop.worker.torch.TorchRuntime;
import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The Fréchet distance where its value is known in closed form. */
class FrechetDistanceTest {
  private final PtNDManager manager = TorchRuntime.start(1).newManager();
  private final FeatureMath math = new FeatureMath(manager);

  @AfterEach
  void close() {
    math.close();
    manager.close();
  }

  private FeatureMath.Moments gaussian(double[] mean, double[][] covariance) {
    double[] flat = Arrays.stream(covariance).flatMapToDouble(Arrays::stream).toArray();
    int d = mean.length;
    return new FeatureMath.Moments(
        (PtNDArray) manager.create(mean, new Shape(d)),
        (PtNDArray) manager.create(flat, new Shape(d, d)));
  }

  private double distance(FeatureMath.Moments a, FeatureMath.Moments b) {
    return math.frechet(manager, a, b).distance();
  }

  private static double[][] diagonal(double... values) {
    double[][] matrix = new double[values.length][values.length];
    for (int i = 0; i < values.length; i++) {
      matrix[i][i] = values[i];
    }
    return matrix;
  }

  /** {@code U diag(values) U'} with a reflection U, so that all of them commute. */
  private static double[][] turned(double[] values) {
    int d = values.length;
    double[] normal = new double[d];
    double norm = 0;
    for (int i = 0; i < d; i++) {
      normal[i] = 1 + (i * i) % 7;
      norm += normal[i] * normal[i];
    }
    double[][] matrix = new double[d][d];
    for (int i = 0; i < d; i++) {
      for (int j = 0; j < d; j++) {
        for (int k = 0; k < d; k++) {
          double left = (i == k ? 1 : 0) - 2 * normal[i] * normal[k] / norm;
          double right = (j == k ? 1 : 0) - 2 * normal[j] * normal[k] / norm;
          matrix[i][j] += left * values[k] * right;
        }
      }
    }
    return matrix;
  }

  @Test
  void ofTwoNormalsOnALineIsTheSumOfSquaredDifferencesOfMeanAndDeviation() {
    assertThat(
            distance(
                gaussian(new double[] {0}, diagonal(1)), gaussian(new double[] {3}, diagonal(4))))
        .isCloseTo(10, within(1e-12));
  }

  @Test
  void ofCommutingCovariancesIsThatOfTheirAxes() {
    SplittableRandom random = new SplittableRandom(3);
    double[] first = random.doubles(32, 0.1, 2).toArray();
    double[] second = random.doubles(32, 0.1, 2).toArray();
    first[5] = 0;
    second[5] = 0; // of neither
    second[9] = 0; // of one alone
    double expected = 0;
    for (int i = 0; i < first.length; i++) {
      double difference = Math.sqrt(first[i]) - Math.sqrt(second[i]);
      expected += difference * difference;
    }
    double[] zero = new double[32];

    assertThat(distance(gaussian(zero, turned(first)), gaussian(zero, turned(second))))
        .isCloseTo(expected, within(1e-9));
    assertThat(distance(gaussian(zero, turned(second)), gaussian(zero, turned(first))))
        .isCloseTo(expected, within(1e-9));
  }

  /** In the plane, Tr sqrt(A) = sqrt(Tr A + 2 sqrt(det A)). */
  @Test
  void ofTheWholePlaneFollowsFromTraceAndDeterminant() {
    double[][] a = {{2, 0.7}, {0.7, 1}};
    double[][] b = {{1, -0.4}, {-0.4, 3}};
    double trace = a[0][0] * b[0][0] + 2 * a[0][1] * b[0][1] + a[1][1] * b[1][1];
    double determinant = (2 * 1 - 0.49) * (1 * 3 - 0.16);
    double expected = 3 + 4 - 2 * Math.sqrt(trace + 2 * Math.sqrt(determinant));
    double[] zero = new double[2];

    assertThat(distance(gaussian(zero, a), gaussian(zero, b))).isCloseTo(expected, within(1e-12));
  }

  @Test
  void ofASetToItselfIsZeroHoweverFewRowsItHas() throws IOException {
    for (int rows : new int[] {3, 12, 600}) {
      ArrayRows set = ArrayRows.of("scattered", rows, 16);
      assertThat(new FrechetDistance(math, 1).between(set, set).value()).isCloseTo(0, within(1e-9));
    }
  }

  @Test
  void aCommonOffsetOfAMillionCostsNoDigits() throws IOException {
    ArrayRows real = ArrayRows.of("real", 64, 8);
    ArrayRows generated = ArrayRows.of("generated", 64, 8);
    double near = new FrechetDistance(math, 1).between(real, generated).value();

    assertThat(new FrechetDistance(math, 1).between(moved(real), moved(generated)).value())
        .isCloseTo(near, within(1e-8));
  }

  private static ArrayRows moved(ArrayRows set) {
    return new ArrayRows(
        Arrays.stream(set.rows())
            .map(row -> Arrays.stream(row).map(value -> value + 1e6).toArray())
            .toArray(double[][]::new));
  }

  @Test
  void itsStandardErrorIsTheScatterOfRepeatedSamples() throws IOException {
    SplittableRandom random = new SplittableRandom(11);
    FrechetDistance frechet = new FrechetDistance(math, 1);
    int repeats = 300;
    double sum = 0;
    double squares = 0;
    double told = 0;
    for (int i = 0; i < repeats; i++) {
      Distance distance =
          frechet.between(
              ArrayRows.normal(random, 400, new double[] {0, 0, 0}, new double[] {1, 2, 0.5}),
              ArrayRows.normal(random, 400, new double[] {0.5, 0, 0}, new double[] {1.5, 1, 0.5}));
      sum += distance.value();
      squares += distance.value() * distance.value();
      told += distance.standardError() / repeats;
    }
    double mean = sum / repeats;
    double scatter = Math.sqrt(squares / repeats - mean * mean);

    assertThat(mean).isCloseTo(0.25 + 0.25 + 1, within(0.05));
    assertThat(told).isCloseTo(scatter, within(0.12 * scatter)); // 3 errors of the scatter itself
  }

  @Test
  void setsThatCannotBeComparedAreRefused() {
    FrechetDistance frechet = new FrechetDistance(math, 1);
    ArrayRows four = ArrayRows.of("real", 9, 4);

    assertThatThrownBy(() -> frechet.between(four, ArrayRows.of("real", 9, 5)))
        .hasMessage("sets of 4 and of 5 features cannot be compared");
    assertThatThrownBy(() -> frechet.between(four, ArrayRows.of("real", 1, 4)))
        .hasMessage("a covariance takes 2 rows, not 9 and 1");
    assertThatThrownBy(() -> new FrechetDistance(math, 2)).hasMessageContaining("not 2");
  }
}
