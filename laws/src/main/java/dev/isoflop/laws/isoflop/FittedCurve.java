package dev.isoflop.laws.isoflop;

import dev.isoflop.laws.finding.FitWarning;
import dev.isoflop.laws.stats.Parabola;
import java.util.List;
import java.util.Optional;

/** A curve with what further fits need of it. */
public record FittedCurve(
    IsoFlopCurve curve,
    CurveSample sample,
    Optional<Parabola> parabola,
    List<FitWarning> reservations) {

  /** The parts of a curve whose optimum can be used. */
  public record Usable(Optimum optimum, CurveSample sample, Parabola parabola) {}

  public Optional<Usable> usable() {
    return curve.optimum().value().isPresent() && parabola.isPresent()
        ? Optional.of(new Usable(curve.optimum().value().orElseThrow(), sample, parabola.get()))
        : Optional.empty();
  }
}
