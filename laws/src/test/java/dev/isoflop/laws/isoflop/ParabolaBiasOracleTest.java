package dev.isoflop.laws.isoflop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.isoflop.laws.ExactSurface;
import dev.isoflop.laws.stats.LogLine;
import dev.isoflop.laws.stats.Parabola;
import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How far approach 2 misses on noise-free surfaces, to the digits printed by E. Czech, "Problems
 * with Chinchilla Approach 2" (Open Athena, 2026): five budgets from 1e17 to 1e21, 15 points per
 * curve over a grid of +-k times the true D*, parabolas of L in log D, extrapolated to 1e24. The
 * offset moves every grid by a factor of 3, the drift moves it from 1 at the smallest to 3 at the
 * largest budget.
 */
class ParabolaBiasOracleTest {

  private static final double TARGET = 1e24;
  private static final int BUDGETS = 5;
  private static final int POINTS = 15;

  @ParameterizedTest
  @CsvSource({
    "symmetric, 2, -.389076, 0, 3.97, 6.07",
    "symmetric, 4, -.389076, 0, 3.47, 5.17",
    "symmetric, 8, -.389076, 0, 2.65, 3.70",
    "symmetric, 16, -.389076, 0, 1.51, 1.69",
    "chinchilla, 2, -.556779, -.33, 7.11, 11.61",
    "chinchilla, 4, -.561045, -1.30, 5.69, 9.83",
    "chinchilla, 8, -.568151, -2.90, 3.38, 6.94",
    "chinchilla, 16, -.578092, -5.10, .24, 3.05",
    "asymmetric, 2, -1.353126, -1.67, 19.22, 34.57",
    "asymmetric, 4, -1.374969, -6.50, 14.41, 30.04",
    "asymmetric, 8, -1.410841, -13.91, 6.96, 22.97",
    "asymmetric, 16, -1.459957, -23.12, -2.42, 14.00",
  })
  void aParabolaMissesTheTrueOptimumByThePublishedPercentages(
      String surface, double k, double intercept, double centred, double offset, double drift) {
    ExactSurface truth = ExactSurface.named(surface);

    LogLine central = tokensLaw(truth, k, 1, 1);
    assertThat(central.intercept()).isCloseTo(intercept, within(.5e-6));
    assertThat(central.slope()).as("centred exponent").isCloseTo(truth.tokensExponent(), EXACT);
    assertThat(tokensLaw(truth, k, 3, 3).slope())
        .as("offset exponent")
        .isCloseTo(truth.tokensExponent(), EXACT);

    assertThat(missPercent(truth, central)).isCloseTo(centred, within(.00501));
    assertThat(missPercent(truth, tokensLaw(truth, k, 3, 3))).isCloseTo(offset, within(.00501));
    assertThat(missPercent(truth, tokensLaw(truth, k, 1, 3))).isCloseTo(drift, within(.00501));
  }

  private static final Offset<Double> EXACT = within(1e-9);

  private static double missPercent(ExactSurface truth, LogLine law) {
    double predicted = StrictMath.pow(10, law.at(StrictMath.log10(TARGET)));
    return 100 * (predicted / truth.optimalTokens(TARGET) - 1);
  }

  /** The line of log10 D* in log10 C, with grids displaced from one factor to another. */
  private static LogLine tokensLaw(ExactSurface truth, double k, double first, double last) {
    double[] logBudget = new double[BUDGETS];
    double[] logTokens = new double[BUDGETS];
    for (int i = 0; i < BUDGETS; i++) {
      logBudget[i] = 17 + i;
      double budget = StrictMath.pow(10, logBudget[i]);
      double displacement = first * StrictMath.pow(last / first, i / (BUDGETS - 1.0));
      double centre = StrictMath.log10(truth.optimalTokens(budget) * displacement);
      double[] x = new double[POINTS];
      double[] y = new double[POINTS];
      for (int j = 0; j < POINTS; j++) {
        x[j] = centre + StrictMath.log10(k) * (2.0 * j / (POINTS - 1) - 1);
        double tokens = StrictMath.pow(10, x[j]);
        y[j] = truth.loss(budget / (6 * tokens), tokens);
      }
      logTokens[i] = Parabola.fit(x, y, equal(POINTS)).orElseThrow().vertex();
    }
    return LogLine.fit(logBudget, logTokens, equal(BUDGETS));
  }

  private static double[] equal(int n) {
    double[] weights = new double[n];
    Arrays.fill(weights, 1);
    return weights;
  }
}
