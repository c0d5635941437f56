package dev.isoflop.laws.fit;

import dev.isoflop.laws.data.TrainedPoint;
import dev.isoflop.laws.finding.FitWarning;
import dev.isoflop.laws.options.LawOptions;
import dev.isoflop.laws.powerlaw.LawInterval;
import dev.isoflop.laws.stats.Interval;
import dev.isoflop.laws.stats.Percentiles;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * How often the intervals of the N* exponent hold the truth over many sweeps.
 *
 * @param sweeps that gave a law of N*
 * @param refused sweeps that gave none
 * @param student share of Student-t intervals that hold the truth
 * @param bootstrap share of bootstrap intervals that do
 * @param studentWidth median
 * @param bootstrapWidth median; NaN without a bootstrap
 * @param biased share of sweeps that carry the finding {@code ParabolaBiased}
 */
record Coverage(
    int sweeps,
    int refused,
    double student,
    double bootstrap,
    double studentWidth,
    double bootstrapWidth,
    double biased) {

  private record One(Interval student, Optional<Interval> bootstrap, boolean biased) {}

  /** Fits many sweeps, on all processors. */
  static Coverage of(
      int sweeps, IntFunction<List<TrainedPoint>> sweep, double truth, LawOptions options) {
    List<One> all =
        IntStream.range(0, sweeps)
            .parallel()
            .mapToObj(i -> one(new LawFitter(1).fit(sweep.apply(i), options.withSeed(i))))
            .flatMap(Optional::stream)
            .toList();
    double n = all.size();
    return new Coverage(
        all.size(),
        sweeps - all.size(),
        all.stream().filter(it -> it.student().contains(truth)).count() / n,
        all.stream().flatMap(it -> it.bootstrap().stream()).filter(it -> it.contains(truth)).count()
            / n,
        Percentiles.median(all.stream().mapToDouble(it -> it.student().width()).toArray()),
        Percentiles.median(
            all.stream()
                .mapToDouble(it -> it.bootstrap().map(Interval::width).orElse(Double.NaN))
                .toArray()),
        all.stream().filter(One::biased).count() / n);
  }

  private static Optional<One> one(Laws laws) {
    return laws.parameters()
        .value()
        .map(
            law ->
                new One(
                    law.interval().exponent(),
                    law.bootstrapInterval().map(LawInterval::exponent),
                    laws.findings().stream()
                        .anyMatch(FitWarning.ParabolaBiased.class::isInstance)));
  }

  @Override
  public String toString() {
    return "%d | %d | %.1f %% | %.1f %% | %.4f | %.4f | %.0f %%"
        .formatted(
            sweeps,
            refused,
            100 * student,
            100 * bootstrap,
            studentWidth,
            bootstrapWidth,
            100 * biased);
  }
}
