package dev.isoflop.laws.compare;

import dev.isoflop.laws.powerlaw.LawEstimate;
import dev.isoflop.laws.stats.Spread;
import dev.isoflop.laws.stats.StudentT;
import java.util.Optional;

/** Standard errors of a law that is compared, as far as they are known. */
final class LawSpread {

  private LawSpread() {}

  static Optional<Spread> ofExponent(ComparedLaw law) {
    if (law instanceof ComparedLaw.Fitted fitted) {
      LawEstimate estimate = fitted.law().estimate();
      return Optional.of(
          new Spread(StrictMath.sqrt(estimate.exponentVariance()), estimate.degreesOfFreedom()));
    }
    ComparedLaw.Printed printed = (ComparedLaw.Printed) law;
    int coefficients = printed.offset().isPresent() ? 3 : 2;
    double degrees =
        printed.points().isPresent()
            ? printed.points().getAsInt() - coefficients
            : Double.POSITIVE_INFINITY;
    return printed
        .interval()
        .filter(interval -> Double.isFinite(interval.width()) && degrees > 0)
        .map(
            interval ->
                new Spread(
                    interval.width() / (2 * StudentT.twoSided(printed.confidence(), degrees)),
                    degrees));
  }

  /** Standard error of the logarithm of the law's value. */
  static Optional<Spread> ofLogValue(ComparedLaw law, double x) {
    return law instanceof ComparedLaw.Fitted fitted
        ? Optional.of(
            new Spread(
                StrictMath.sqrt(fitted.law().estimate().logVariance(x)),
                fitted.law().estimate().degreesOfFreedom()))
        : Optional.empty();
  }

  /** Standard error of the difference of two laws' exponents; empty unless both are known. */
  static Optional<Spread> ofExponents(ComparedLaw first, ComparedLaw second) {
    return ofExponent(first).flatMap(ours -> ofExponent(second).map(ours::and));
  }
}
