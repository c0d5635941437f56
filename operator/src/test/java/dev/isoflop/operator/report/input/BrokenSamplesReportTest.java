package dev.isoflop.operator.report.input;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.operator.report.Pages;
import dev.isoflop.operator.report.SyntheticSweep;
import dev.isoflop.operator.report.csv.TrialsCsv;
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
    long samples = Arrays.stream(sets).mapToLong(LeftOut::samples).sum();
    trials.set(0, broken(trials.get(0), samples, List.of(sets)));
    return with(trials);
  }

  private static ReportTrial broken(ReportTrial trial, long samples, List<LeftOut> sets) {
    return new ReportTrial(
        trial.name(),
        trial.budget(),
        trial.size(),
        trial.loss(),
        trial.trainLoss(),
        trial.metrics(),
        trial.history(),
        trial.outcome(),
        trial.message(),
        OptionalLong.of(samples),
        sets);
  }

  private static ReportInput with(List<ReportTrial> trials) {
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

  /** Results of the former release count the samples of all sets together. */
  @Test
  void tablesLeaveSetsEmptyOfWhichAResultDoesNotTell() {
    List<ReportTrial> trials = new ArrayList<>(SWEEP.trials());
    trials.set(0, broken(trials.get(0), 5, List.of()));
    trials.set(1, broken(trials.get(1), 3, List.of(new LeftOut("data.train", "laion", 3))));

    List<String> lines = TrialsCsv.render(with(trials)).lines().toList();

    assertThat(lines.get(0)).contains(",broken_samples,broken_samples@data.train,outcome,");
    assertThat(lines.get(1)).contains(",5,,Succeeded,");
    assertThat(lines.get(2)).contains(",3,3,");
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
