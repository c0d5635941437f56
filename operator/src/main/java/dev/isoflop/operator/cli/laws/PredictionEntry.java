package dev.isoflop.operator.cli.laws;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.isoflop.api.v1alpha1.IntervalStatus;
import org.jspecify.annotations.Nullable;

/**
 * The laws at one budget; what a refused law would say is absent.
 *
 * @param interval prediction interval of the loss
 * @param measured the loss found there, if it was trained and the laws did not see it
 * @param extrapolationFactor how far the budget lies outside the fitted ones; 1 inside
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PredictionEntry(
    double flops,
    @Nullable Double parameters,
    @Nullable Double tokens,
    @Nullable Double samples,
    @Nullable Double loss,
    @Nullable IntervalStatus interval,
    @Nullable IntervalStatus parametersInterval,
    @Nullable IntervalStatus tokensInterval,
    @Nullable Double measured,
    double extrapolationFactor) {

  public PredictionEntry {
    samples = samples == null || samples.isNaN() ? null : samples;
  }

  /** The same beside what was measured. */
  PredictionEntry measured(@Nullable Double lossFound) {
    return new PredictionEntry(
        flops,
        parameters,
        tokens,
        samples,
        loss,
        interval,
        parametersInterval,
        tokensInterval,
        lossFound,
        extrapolationFactor);
  }
}
