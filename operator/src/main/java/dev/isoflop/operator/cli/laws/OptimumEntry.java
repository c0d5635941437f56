package dev.isoflop.operator.cli.laws;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.isoflop.api.v1alpha1.IntervalStatus;
import org.jspecify.annotations.Nullable;

/**
 * The minimum of an isoFLOP curve.
 *
 * @param samples at D*; absent where only tokens are known
 * @param interval of N*
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OptimumEntry(
    double parameters,
    double tokens,
    @Nullable Double samples,
    double loss,
    @Nullable IntervalStatus interval) {

  public OptimumEntry {
    samples = samples == null || samples.isNaN() ? null : samples;
  }
}
