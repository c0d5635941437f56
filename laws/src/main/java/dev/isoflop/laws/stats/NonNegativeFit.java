package dev.isoflop.laws.stats;

/**
 * The weighted least-squares combination {@code E + A x + B z} with E, A, B at least 0.
 *
 * <p>With three columns the constrained minimum is found exactly: of the seven choices of which
 * coefficients are positive, those whose unconstrained solution is non-negative are feasible, and
 * the best of them is the answer (Lawson and Hanson's NNLS by enumeration).
 */
public final class NonNegativeFit {

  private static final int COLUMNS = 3;

  private NonNegativeFit() {}

  /**
   * Minimises {@code c' G c - 2 h' c} over c >= 0.
   *
   * @param gram weighted products of the columns
   * @param moments weighted products of the columns with the ordinate
   */
  public static double[] solve(double[][] gram, double[] moments) {
    double[] best = new double[COLUMNS];
    double bestValue = 0;
    for (int chosen = 1; chosen < 1 << COLUMNS; chosen++) {
      double[] candidate = subset(gram, moments, chosen);
      double value = 0;
      boolean feasible = true;
      for (int j = 0; j < COLUMNS; j++) {
        feasible &= candidate[j] >= 0;
        value -= moments[j] * candidate[j];
      }
      if (feasible && value < bestValue) {
        bestValue = value;
        best = candidate;
      }
    }
    return best;
  }

  /** At an unconstrained minimum the objective is {@code -h' c}; NaN marks a singular choice. */
  private static double[] subset(double[][] gram, double[] moments, int chosen) {
    double[][] zero = new double[COLUMNS][COLUMNS];
    double[] negative = new double[COLUMNS];
    boolean[] free = new boolean[COLUMNS];
    for (int j = 0; j < COLUMNS; j++) {
      negative[j] = -moments[j];
      free[j] = (chosen & (1 << j)) != 0;
    }
    double[] solution = DampedSystem.solve(gram, zero, negative, free, 0);
    return solution == null ? new double[] {Double.NaN, Double.NaN, Double.NaN} : solution;
  }
}
