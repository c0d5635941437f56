package dev.isoflop.laws.powerlaw;

import dev.isoflop.laws.finding.Fit;
import dev.isoflop.laws.options.LawOptions;
import java.util.Arrays;
import java.util.List;

/**
 * A law through optima that were found before. Its bands are Student's, as a bootstrap needs the
 * trials behind the optima.
 */
public final class OptimumLaw {
  private OptimumLaw() {}

  /**
   * Fits it.
   *
   * @param quantity its name in findings
   * @param points one per budget, ascending
   * @param mayLevelOff whether an offset makes sense for the quantity
   */
  public static Fit<PowerLaw> fit(
      String quantity, List<LawPoint> points, boolean mayLevelOff, LawOptions options) {
    double[] equal = new double[points.size()];
    Arrays.fill(equal, 1);
    return new PowerLawFitter(options)
        .fit(new PowerLawFitter.Task(quantity, points, equal, mayLevelOff), List.of());
  }
}
