package dev.isoflop.operator.cli.laws;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * One isoFLOP curve.
 *
 * @param trials planned at the budget, or rows of it
 * @param used trials whose loss entered the curve
 * @param interior whether the minimum lies among the sizes; absent where there is none
 * @param message why there is no minimum
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CurveEntry(
    double flops,
    int trials,
    int used,
    @Nullable OptimumEntry optimum,
    @Nullable Boolean interior,
    @Nullable Double rSquared,
    @Nullable String message) {}
