package dev.isoflop.operator.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.trial.LeftOut;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What trials left out of broken data stands where their numbers do. */
class BrokenSamplesReportTest {
  private static final ReportInput SWEEP = SyntheticSweep.input();

  private static ReportInput with(LeftOut... sets) {
    List<ReportTrial> trials = new ArrayList<>(SWEEP.trials());
    ReportTrial first = trials.get(0);
    trials.set(
        0,
        new ReportTrial(
            first.name(),
            first.budget(),
            first.size(),
            first.loss(),
            first.trainLoss(),
            first.metrics(),
            first.history(),
            first.outcome(),
            first.message(),
            OptionalLong.of(Arrays.stream(sets).mapToLong(LeftOut::samples).sum()),
            List.of(sets)));
    return new ReportInput(
        SWEEP.name(),
        SWEEP.spec(),
        SWEEP.status(),
        SWEEP.laws(),
        SWEEP.lossSeries(),
        SWEEP.confidence(),
        SWEEP.predict(),
        trials,
        SWEEP.curves(),
        SWEEP.pictures(),
        SWEEP.generated(),
        SWEEP.software(),
        SWEEP.command());
  }

  @Test
  void tablesCountThemOverallAndBySet() {
    List<String> lines =
        TrialsCsv.render(
                with(
                    new LeftOut("data.evaluation[0]", "laion", 2),
                    new LeftOut("data.train", "laion", 3)))
            .lines()
            .toList();

    assertThat(lines.get(0))
        .contains(
            ",disruptions,broken_samples,broken_samples@data.train,"
                + "broken_samples@data.evaluation[0],outcome,");
    assertThat(lines.get(1)).contains(",5,3,2,Succeeded,");
    assertThat(lines.get(2))
        .contains(",0,0,0," + SWEEP.trials().get(1).outcome().orElseThrow().type() + ",");
  }

  @Test
  void tablesOfWholeDataSayNoneAndNameNoSet() {
    List<String> lines = TrialsCsv.render(SWEEP).lines().toList();

    assertThat(lines.get(0)).contains(",disruptions,broken_samples,outcome,");
    assertThat(lines.get(1)).contains(",0,Succeeded,");
  }

  @Test
  void thePageNamesTheSetAmongTheFacts() {
    assertThat(Pages.page(with(new LeftOut("data.train", "laion", 3))).text())
        .contains("Broken samples left out by 1 trial, at most 3 of laion (data.train) each");
    assertThat(Pages.page(SWEEP).text()).doesNotContain("Broken samples");
  }
}
