package dev.isoflop.laws.compare;

import dev.isoflop.laws.stats.Spread;
import java.util.Optional;

/** Two laws of the loss at the same budget. */
final class EqualCompute {

  private EqualCompute() {}

  static LossAtCompute loss(
      ComparedLaw first,
      ComparedLaw second,
      double flops,
      double confidence,
      double verdictConfidence) {
    double x = StrictMath.log(flops);
    double ratio = second.at(flops) / first.at(flops);
    Optional<Spread> spread = spread(first, x, second, x);
    return new LossAtCompute(
        flops,
        first.at(flops),
        second.at(flops),
        ratio,
        spread.map(it -> it.around(StrictMath.log(ratio), confidence).exponential()),
        spread.map(it -> it.around(StrictMath.log(ratio), verdictConfidence).exponential()));
  }

  /** Standard error of the difference of the laws' log values, each at a log budget of its own. */
  static Optional<Spread> spread(ComparedLaw first, double x, ComparedLaw second, double z) {
    return LawSpread.ofLogValue(first, x)
        .flatMap(ours -> LawSpread.ofLogValue(second, z).map(ours::and));
  }
}
