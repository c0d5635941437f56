package dev.isoflop.laws.fit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.laws.ExactSurface;
import dev.isoflop.laws.options.LawOptions;
import dev.isoflop.laws.options.OffsetChoice;
import org.junit.jupiter.api.Test;

/** The small version of {@link CoverageBench}: of Student's interval, the one that is reported. */
class CoverageTest {

  private static final LawOptions OPTIONS =
      LawOptions.defaults().withBootstrap(0).withOffsets(OffsetChoice.NEVER);

  @Test
  void ninetyFivePerCentIntervalsHoldTheTruthAsOftenOnASymmetricSurface() {
    ExactSurface symmetric = ExactSurface.named("symmetric");
    Coverage coverage =
        Coverage.of(
            500,
            seed -> CoverageBench.sweep(symmetric, 3e-3, 8, budget -> 1, seed),
            symmetric.parametersExponent(),
            OPTIONS);

    assertThat(coverage.refused()).isZero();
    assertThat(coverage.student()).isBetween(.93, .97);
    assertThat(coverage.biased()).isLessThan(.15);
  }

  @Test
  void whereADriftingGridKeepsThemFromItEverySweepSaysSo() {
    ExactSurface asymmetric = ExactSurface.named("asymmetric");
    Coverage coverage =
        Coverage.of(
            100,
            seed ->
                CoverageBench.sweep(
                    asymmetric,
                    3e-3,
                    8,
                    budget -> StrictMath.pow(3, StrictMath.log(budget / 1e17) / StrictMath.log(60)),
                    seed),
            asymmetric.parametersExponent(),
            OPTIONS);

    assertThat(coverage.student()).isLessThan(.9);
    assertThat(coverage.biased()).isEqualTo(1);
  }
}
