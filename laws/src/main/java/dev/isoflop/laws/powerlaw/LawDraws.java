package dev.isoflop.laws.powerlaw;

import dev.isoflop.laws.stats.Interval;
import dev.isoflop.laws.stats.Percentiles;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The laws that the bootstrap's resamples gave. */
final class LawDraws {

  /** One resample's law, {@code offset + exp(intercept + slope log C)}. */
  record Draw(double offset, double intercept, double slope) {
    double at(double x) {
      return offset + StrictMath.exp(intercept + slope * x);
    }
  }

  private final List<Draw> draws;

  LawDraws(List<Draw> draws) {
    this.draws = new ArrayList<>(draws);
  }

  int count() {
    return draws.size();
  }

  Draw get(int index) {
    return draws.get(index);
  }

  Interval slope(double confidence) {
    return percentiles(Draw::slope, confidence);
  }

  Interval coefficient(double confidence) {
    return percentiles(Draw::intercept, confidence).exponential();
  }

  Interval offset(double confidence) {
    return percentiles(Draw::offset, confidence);
  }

  /** Interval of the laws' values at x. */
  Interval value(double x, double confidence) {
    return percentiles(draw -> draw.at(x), confidence);
  }

  private Interval percentiles(ToDoubleFunction<Draw> quantity, double confidence) {
    return Percentiles.central(draws.stream().mapToDouble(quantity).toArray(), confidence);
  }
}
