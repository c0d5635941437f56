package dev.isoflop.laws.compare;

import dev.isoflop.laws.powerlaw.LawPoint;
import dev.isoflop.laws.powerlaw.PowerLaw;
import dev.isoflop.laws.stats.Interval;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** A law as a comparison needs it: from a fit, or from what a file or a paper says of it. */
public sealed interface ComparedLaw {

  /** k of {@code offset + k C^a}. */
  double coefficient();

  /** a of {@code offset + k C^a}. */
  double exponent();

  /** The value approached with unlimited compute; empty for a pure power law. */
  OptionalDouble offset();

  /** The budgets it was fitted to, ascending; empty when unknown. */
  List<Double> budgets();

  /** Interval of the exponent; empty when nothing is known about it. */
  Optional<Interval> exponentInterval(double confidence);

  /** The law's value at a budget. */
  default double at(double flops) {
    return offset().orElse(0) + coefficient() * StrictMath.pow(flops, exponent());
  }

  /** A law that was fitted here, whose errors are known at every budget. */
  record Fitted(PowerLaw law) implements ComparedLaw {
    @Override
    public double coefficient() {
      return law.coefficient();
    }

    @Override
    public double exponent() {
      return law.exponent();
    }

    @Override
    public OptionalDouble offset() {
      return law.offset();
    }

    @Override
    public List<Double> budgets() {
      return law.points().stream().map(LawPoint::budget).toList();
    }

    @Override
    public double at(double flops) {
      return law.at(flops);
    }

    @Override
    public Optional<Interval> exponentInterval(double confidence) {
      return LawSpread.ofExponent(this).map(spread -> spread.around(exponent(), confidence));
    }
  }

  /**
   * A law of which only its numbers are known. Its exponent can be compared; its values can too,
   * but without intervals, since those need the correlation of coefficient and exponent.
   *
   * @param budgets it was fitted to, ascending; empty when unknown
   * @param interval Student-t interval of the exponent
   * @param confidence of that interval
   * @param points budgets it was fitted to, for the degrees of freedom; empty takes the interval
   *     for a normal one
   */
  record Printed(
      double coefficient,
      double exponent,
      OptionalDouble offset,
      List<Double> budgets,
      Optional<Interval> interval,
      double confidence,
      OptionalInt points)
      implements ComparedLaw {

    public Printed {
      if (!(coefficient > 0 && Double.isFinite(coefficient) && Double.isFinite(exponent))) {
        throw new IllegalArgumentException(
            "coefficient: "
                + coefficient
                + " must be positive, and the exponent "
                + exponent
                + " a number");
      }
      if (!(confidence > 0 && confidence < 1)) {
        throw new IllegalArgumentException(
            "confidence: " + confidence + " must lie inside (0, 1), such as 0.95");
      }
      budgets = budgets.stream().sorted().toList();
    }

    @Override
    public Optional<Interval> exponentInterval(double other) {
      return LawSpread.ofExponent(this).map(spread -> spread.around(exponent, other));
    }
  }
}
