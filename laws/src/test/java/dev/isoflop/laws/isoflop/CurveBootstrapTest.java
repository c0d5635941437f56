package dev.isoflop.laws.isoflop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.laws.ExactSurface;
import dev.isoflop.laws.Sweeps;
import dev.isoflop.laws.data.TrainedPoint;
import dev.isoflop.laws.finding.Finding;
import dev.isoflop.laws.finding.FitWarning;
import dev.isoflop.laws.fit.CoverageBench;
import dev.isoflop.laws.fit.LawFitter;
import dev.isoflop.laws.fit.Laws;
import dev.isoflop.laws.options.LawOptions;
import dev.isoflop.laws.powerlaw.PowerLaw;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The bootstrap's interval beside Student's, which knows the optima's scatter and nothing else. */
class CurveBootstrapTest {

  @ParameterizedTest
  @CsvSource({"0, .31, .31", "1.69, .31, .31", "0, .34, .28", "1.69, .34, .28", "0, .465, .155"})
  void cleanDataScatterAboutNoLaw(double irreducible, double alpha, double beta) {
    ExactSurface surface = new ExactSurface(irreducible, 406.4, 410.7, alpha, beta);

    assertThat(scatter(Sweeps.noisy(surface, Sweeps.paperBudgets(), 7, 8, 0, 1))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(doubles = {.02, .0273, .05, .1})
  void exactPowerLawsScatterByRoundingOnly(double exponent) {
    List<TrainedPoint> points =
        Sweeps.parabolic(
            Sweeps.paperBudgets(),
            7,
            8,
            c -> 9e-4 * StrictMath.pow(c, .5681),
            c -> 2.3943 * StrictMath.pow(c, -exponent));

    assertThat(scatter(points)).isEmpty();
  }

  private static List<Finding> scatter(List<TrainedPoint> points) {
    return new LawFitter(1)
        .fit(points, LawOptions.defaults().withBootstrap(100)).findings().stream()
            .filter(FitWarning.OptimaScatter.class::isInstance)
            .toList();
  }

  private static final LawOptions OPTIONS = LawOptions.defaults().withBootstrap(400);

  @Test
  void noiseOfTheTrialsAloneGivesNearlyStudentsWidth() {
    List<TrainedPoint> points =
        CoverageBench.sweep(ExactSurface.named("symmetric"), 3e-3, 8, budget -> 1, 1);
    Laws laws = new LawFitter(2).fit(points, OPTIONS);

    assertThat(widthRatio(laws)).isBetween(.4, 1.6);
    assertThat(laws.findings())
        .filteredOn(FitWarning.OptimaScatter.class::isInstance)
        .noneMatch(finding -> finding.message().startsWith("N*(C)"));
  }

  @Test
  void theShapeThatAllCurvesShareIsNotTakenForNoise() {
    List<TrainedPoint> points =
        CoverageBench.sweep(ExactSurface.named("asymmetric"), 3e-3, 8, budget -> 1, 1);

    assertThat(widthRatio(new LawFitter(2).fit(points, OPTIONS))).isBetween(.4, 1.6);
  }

  @Test
  void errorsThatTheTrialsOfABudgetShareWidenTheIntervalAndAreNoted() {
    List<TrainedPoint> points =
        CoverageBench.jittered(ExactSurface.named("symmetric"), 1e-3, .05, 1);
    Laws laws = new LawFitter(2).fit(points, OPTIONS);

    assertThat(widthRatio(laws)).isBetween(.7, 1.3);
    assertThat(laws.findings())
        .filteredOn(FitWarning.OptimaScatter.class::isInstance)
        .anySatisfy(
            finding ->
                assertThat(finding.message())
                    .startsWith("N*(C): the optima scatter about the law by "));
  }

  private static double widthRatio(Laws laws) {
    PowerLaw law = laws.parameters().value().orElseThrow();
    return law.bootstrapInterval().orElseThrow().exponent().width()
        / law.interval().exponent().width();
  }
}
