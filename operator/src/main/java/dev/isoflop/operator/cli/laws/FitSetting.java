package dev.isoflop.operator.cli.laws;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.isoflop.laws.options.LawOptions;
import dev.isoflop.laws.options.SurfaceObjective;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Options of a fit, in the words of the command that fits.
 *
 * @param confidence of the intervals
 * @param bootstrap resamples
 * @param resampling what the bootstrap resamples
 * @param seed of the resampling
 * @param budgetTolerance share by which budgets of one curve may differ from a common one
 * @param lossScale what the parabolas describe
 * @param outliers what became of trials far from their curve
 * @param weighting of the optima in a law
 * @param offsets whether laws might level off
 * @param surface what the surface fit minimised
 * @param heldOut budgets that the laws did not see
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FitSetting(
    double confidence,
    int bootstrap,
    @Nullable String resampling,
    long seed,
    double budgetTolerance,
    @Nullable String lossScale,
    @Nullable String outliers,
    @Nullable String weighting,
    @Nullable String offsets,
    @Nullable String surface,
    List<Double> heldOut) {

  public FitSetting {
    heldOut = heldOut == null ? List.of() : List.copyOf(heldOut);
  }

  /** The setting of a fit. */
  static FitSetting of(LawOptions options, List<Double> heldOut) {
    return new FitSetting(
        options.confidence(),
        options.bootstrap(),
        word(options.scheme()),
        options.seed(),
        options.curves().budgetTolerance(),
        word(options.curves().lossScale()),
        word(options.curves().outliers()),
        word(options.weighting()),
        word(options.offsets()),
        surface(options.surface()),
        heldOut);
  }

  private static String surface(SurfaceObjective objective) {
    return objective instanceof SurfaceObjective.HuberOnLog huber
        ? "huber, delta " + huber.delta()
        : "least-squares";
  }

  /** A choice as the command line spells it. */
  static String word(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
