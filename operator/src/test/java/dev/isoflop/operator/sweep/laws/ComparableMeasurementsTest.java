package dev.isoflop.operator.sweep.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.laws.data.MetricSeries;
import dev.isoflop.laws.finding.Finding;
import dev.isoflop.metric.Metric;
import dev.isoflop.metric.MetricValue;
import dev.isoflop.operator.plan.PlannedTrial;
import dev.isoflop.operator.plan.Specs;
import dev.isoflop.operator.sweep.LossSurface;
import dev.isoflop.operator.sweep.laws.ComparableMeasurements.Measured;
import dev.isoflop.trial.TrialResult;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ComparableMeasurementsTest {
  private static final MetricSeries LOSS = new MetricSeries("ValidationLoss", "scenes");
  private static final MetricSeries FID = new MetricSeries("FID", "scenes");
  private static final List<PlannedTrial> PLANNED = Specs.small().plan("s").trials();

  /** The trial of a number, with the records of its loss and FID. */
  private static Measured trial(int number, @Nullable String loss, @Nullable String fid) {
    PlannedTrial planned = PLANNED.get(number);
    TrialResult result = LossSurface.result(planned);
    List<MetricValue> metrics =
        List.of(
            new MetricValue(Metric.ValidationLoss, "scenes", 1, null, 256, loss),
            new MetricValue(Metric.FID, "scenes", 20, 0.1, 256, fid));
    return new Measured(
        "trial-" + number,
        planned.experiment(),
        new TrialResult(
            result.trial(),
            result.key(),
            result.outcome(),
            result.parameters(),
            result.totalParameters(),
            result.steps(),
            result.samples(),
            result.tokens(),
            result.flops(),
            result.trainLoss(),
            metrics,
            result.trainingSeconds(),
            result.evaluationSeconds(),
            result.modelFlopsUtilization(),
            result.software()));
  }

  @Test
  void trialsThatMeasuredAlikeAreAllPoints() {
    ComparableMeasurements alike =
        ComparableMeasurements.of(List.of(trial(0, "a", "f"), trial(1, "a", "f")));

    assertThat(alike.points())
        .extracting(point -> point.trial())
        .containsExactly("trial-0", "trial-1");
    assertThat(alike.points())
        .allSatisfy(point -> assertThat(point.metrics()).containsOnlyKeys(FID));
    assertThat(alike.records()).containsEntry(LOSS, "a").containsEntry(FID, "f").hasSize(2);
    assertThat(alike.findings()).isEmpty();
  }

  @Test
  void recordsThatNobodyKnowsAreLikeEachOther() {
    ComparableMeasurements alike =
        ComparableMeasurements.of(List.of(trial(0, null, null), trial(1, null, null)));

    assertThat(alike.points()).hasSize(2);
    assertThat(alike.records()).isEmpty();
    assertThat(alike.findings()).isEmpty();
  }

  @Test
  void anUnlikeMetricIsLeftOutWithAFinding() {
    ComparableMeasurements alike =
        ComparableMeasurements.of(
            List.of(trial(0, "a", "g"), trial(1, "a", "f"), trial(2, "a", "f")));

    assertThat(alike.points()).hasSize(3);
    assertThat(alike.points().get(0).metrics()).isEmpty();
    assertThat(alike.points().get(1).metrics()).containsOnlyKeys(FID);
    assertThat(alike.records()).containsEntry(FID, "f");
    assertThat(alike.findings())
        .extracting(Finding::message)
        .containsExactly(
            "FID on scenes: trial trial-0 was measured otherwise than the other 2, on other data or"
                + " with other settings, and left out; train it again, or all of them in a sweep"
                + " of another name");
  }

  @Test
  void aTrialWithAnUnlikeLossIsNoPoint() {
    List<Measured> trials = new ArrayList<>();
    for (int i = 0; i < 15; i++) {
      trials.add(trial(i, i < 8 ? "b" : "a", "f"));
    }

    ComparableMeasurements alike = ComparableMeasurements.of(trials);

    assertThat(alike.points()).hasSize(8);
    assertThat(alike.records()).containsEntry(LOSS, "b");
    assertThat(alike.findings())
        .extracting(Finding::message)
        .containsExactly(
            "ValidationLoss on scenes: trials trial-8, trial-9, trial-10, trial-11, trial-12 and 2"
                + " more were measured otherwise than the other 8, on other data or with other"
                + " settings, and left out; train them again, or all of them in a sweep of"
                + " another name");
  }
}
