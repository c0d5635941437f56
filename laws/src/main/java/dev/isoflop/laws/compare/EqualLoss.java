package dev.isoflop.laws.compare;

import dev.isoflop.laws.stats.Interval;
import dev.isoflop.laws.stats.Spread;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The compute at which one law reaches another's loss.
 *
 * <p>Its interval inverts a test (as Fieller's does for a ratio): a multiplier belongs to it when
 * the first law at {@code multiplier * C} and the second at C differ by less than t standard
 * errors. Unlike a first-order interval it is not symmetric, and it is open where the laws are too
 * flat to bound it.
 */
final class EqualLoss {

  /** Beyond this factor from the estimate an end counts as open. */
  private static final double REACH = StrictMath.log(1e12);

  private static final double FIRST_STEP = 1e-3;
  private static final int BISECTIONS = 60;

  private EqualLoss() {}

  static ComputeMultiplier multiplier(
      ComparedLaw first, ComparedLaw second, double flops, double confidence) {
    double loss = second.at(flops);
    double excess = loss - first.offset().orElse(0);
    if (!(first.exponent() < 0) || !(excess > 0)) {
      return new ComputeMultiplier(flops, loss, OptionalDouble.empty(), Optional.empty(), 1);
    }
    double x = StrictMath.log(flops);
    double needed =
        (StrictMath.log(excess) - StrictMath.log(first.coefficient())) / first.exponent();
    double estimate = needed - x;
    Optional<Interval> interval =
        EqualCompute.spread(first, needed, second, x).isEmpty()
            ? Optional.empty()
            : Optional.of(
                new Interval(
                        end(first, second, x, estimate, -1, confidence),
                        end(first, second, x, estimate, 1, confidence))
                    .exponential());
    return new ComputeMultiplier(
        flops,
        loss,
        OptionalDouble.of(StrictMath.exp(estimate)),
        interval,
        outside(first.budgets(), StrictMath.exp(needed)));
  }

  /** The log multiplier on one side where the laws begin to contradict each other. */
  private static double end(
      ComparedLaw first,
      ComparedLaw second,
      double x,
      double estimate,
      int side,
      double confidence) {
    double inside = 0;
    double step = FIRST_STEP;
    while (!contradict(first, second, x, estimate + side * step, confidence)) {
      inside = step;
      step *= 2;
      if (step > REACH) {
        return side * Double.POSITIVE_INFINITY;
      }
    }
    double outside = step;
    for (int i = 0; i < BISECTIONS; i++) {
      double middle = (inside + outside) / 2;
      if (contradict(first, second, x, estimate + side * middle, confidence)) {
        outside = middle;
      } else {
        inside = middle;
      }
    }
    return estimate + side * inside;
  }

  private static boolean contradict(
      ComparedLaw first, ComparedLaw second, double x, double multiplier, double confidence) {
    double ours = StrictMath.log(first.at(StrictMath.exp(x + multiplier)));
    double theirs = StrictMath.log(second.at(StrictMath.exp(x)));
    Spread spread = EqualCompute.spread(first, x + multiplier, second, x).orElseThrow();
    return Math.abs(ours - theirs) > spread.halfWidth(confidence);
  }

  private static double outside(List<Double> budgets, double flops) {
    return budgets.isEmpty()
        ? 1
        : Math.max(1, Math.max(flops / budgets.get(budgets.size() - 1), budgets.get(0) / flops));
  }
}
