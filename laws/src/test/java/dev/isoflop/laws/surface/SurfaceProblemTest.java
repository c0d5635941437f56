package dev.isoflop.laws.surface;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.isoflop.laws.ExactSurface;
import dev.isoflop.laws.Sweeps;
import dev.isoflop.laws.data.TrainedPoint;
import dev.isoflop.laws.options.SurfaceObjective;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SurfaceProblemTest {

  private static final double[] THETA = {1.7, .4, .35, .3, .33};

  static Stream<SurfaceObjective> objectives() {
    return Stream.of(
        new SurfaceObjective.HuberOnLog(1e-3),
        new SurfaceObjective.HuberOnLog(.1),
        new SurfaceObjective.HuberOnLog(Double.POSITIVE_INFINITY),
        new SurfaceObjective.LeastSquares());
  }

  @ParameterizedTest
  @MethodSource("objectives")
  void derivativesAgreeWithFiniteDifferences(SurfaceObjective objective) {
    List<TrainedPoint> sweep =
        Sweeps.noisy(ExactSurface.named("chinchilla"), Sweeps.paperBudgets(), 5, 6, .05, 2);
    SurfaceProblem problem = new SurfaceProblem(SurfacePoints.of(sweep, objective), objective);
    double[] gradient = new double[5];
    double[][] hessian = new double[5][5];
    double value = problem.derive(THETA, gradient, hessian, new double[5][5]);

    assertThat(value).isEqualTo(problem.value(THETA));
    double h = 1e-6;
    for (int j = 0; j < 5; j++) {
      double[] plus = THETA.clone();
      double[] minus = THETA.clone();
      plus[j] += h;
      minus[j] -= h;
      double slope = (problem.value(plus) - problem.value(minus)) / (2 * h);
      assertThat(gradient[j]).isCloseTo(slope, within(1e-7 * (1 + Math.abs(slope))));
      double[] above = new double[5];
      double[] below = new double[5];
      problem.derive(plus, above, new double[5][5], new double[5][5]);
      problem.derive(minus, below, new double[5][5], new double[5][5]);
      for (int k = 0; k < 5; k++) {
        double curvature = (above[k] - below[k]) / (2 * h);
        assertThat(hessian[j][k]).isCloseTo(curvature, within(1e-5 * (1 + Math.abs(curvature))));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("objectives")
  void countingAPointTwiceEqualsRepeatingIt(SurfaceObjective objective) {
    List<TrainedPoint> sweep =
        Sweeps.noisy(ExactSurface.named("chinchilla"), new double[] {1e18}, 3, 6, .05, 2);
    SurfacePoints once = SurfacePoints.of(sweep, objective);
    double all = new SurfaceProblem(once, objective).value(THETA);
    double first = new SurfaceProblem(once.counted(new double[] {1, 0, 0}), objective).value(THETA);
    double counted =
        new SurfaceProblem(once.counted(new double[] {2, 1, 1}), objective).value(THETA);

    assertThat(counted).isCloseTo(all + first, within(1e-15));
  }
}
