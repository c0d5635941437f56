package dev.isoflop.operator.collect;

import java.util.OptionalDouble;

/** One point of a training curve. */
public record CurvePoint(
    double step,
    OptionalDouble tokens,
    OptionalDouble flops,
    OptionalDouble trainLoss,
    OptionalDouble gradientNorm) {

  static CurvePoint of(double step, WorkerMetrics metrics) {
    return new CurvePoint(
        step, metrics.tokens(), metrics.flops(), metrics.trainLoss(), metrics.gradientNorm());
  }
}
