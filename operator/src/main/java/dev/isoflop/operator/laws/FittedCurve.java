package dev.isoflop.operator.laws;

import java.util.List;
import java.util.Optional;

/** A curve with what further fits need of it. */
record FittedCurve(
    IsoFlopCurve curve,
    CurveSample sample,
    Optional<Parabola> parabola,
    List<Reservation> reservations) {

  /** The parts of a curve whose optimum can be used. */
  record Usable(Optimum optimum, CurveSample sample, Parabola parabola) {}

  Optional<Usable> usable() {
    return curve.optimum().value().isPresent() && parabola.isPresent()
        ? Optional.of(new Usable(curve.optimum().value().orElseThrow(), sample, parabola.get()))
        : Optional.empty();
  }
}
