package dev.isoflop.operator.report.input;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.laws.data.TrainedPoint;
import dev.isoflop.laws.fit.LawFitter;
import dev.isoflop.laws.fit.Laws;
import dev.isoflop.laws.options.LawOptions;
import dev.isoflop.operator.report.Pages;
import dev.isoflop.operator.report.SyntheticSweep;
import dev.isoflop.operator.report.words.MeasuredValue;
import dev.isoflop.trial.TrialOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page of a sweep that still trains: what is only not there yet is no fault. */
class RunningSweepTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 5})
  void hasNoAlarmForWhatIsOnlyNotThereYet(int complete) {
    Document page = Pages.page(SyntheticSweep.running(complete));

    assertThat(page.select(".findings li").eachText())
        .isNotEmpty()
        .anyMatch(text -> text.contains("had not ended when this report was made"));
    assertThat(page.select(".findings li.refusal").eachText()).isEmpty();
    assertThat(page.select("main").text()).doesNotContain("add budgets", "fix the refused");
  }

  @Test
  void saysOnceWhatTheLawsWaitFor() {
    Document page = Pages.page(SyntheticSweep.running(1));

    assertThat(page.select(".findings li.note").eachText())
        .filteredOn(text -> text.startsWith("Not yet"))
        .anyMatch(
            text ->
                text.contains("N*(C), D*(C)")
                    && text.contains(
                        "a law needs 3 budgets with an optimum; 1 has one so far,"
                            + " and 5 are not complete"))
        .filteredOn(text -> text.contains("a law needs"))
        .hasSize(1);
    assertThat(page.select(".meaning").text()).contains("5 are not complete");
    assertThat(page.select("#law-table .absence").text())
        .isEqualTo("No law yet; \u201cRead this first\u201d says why.");
    assertThat(page.select("#laws svg text").eachText()).contains("no law yet");
    assertThat(page.select("#laws .absence")).isEmpty();
    assertThat(page.select("main").text().split("a law needs 3", -1))
        .as("in the headline and in the findings")
        .hasSize(3);
    assertThat(page.select("#prediction-table .absence").text())
        .isEqualTo("There is no law yet, so nothing can be predicted.");
    assertThat(page.select("#budget-table tbody").text())
        .contains("not yet: 2 of 7 trials have ended")
        .contains("not yet: 0 of 7 trials have ended");
    assertThat(page.select("#budget-table .note").eachText())
        .containsExactly("A budget enters the fit when all of its trials have ended.");
    assertThat(page.select("#budget-table th").eachText()).contains("In the fit");
  }

  @Test
  void keepsTheAlarmWhereTheOpenTrialsCannotHelp() {
    ReportInput running = SyntheticSweep.running(1);
    List<ReportTrial> twoBudgets =
        running.trials().stream().filter(trial -> trial.budget() <= 3e17).toList();
    Document page = Pages.page(with(running, twoBudgets, running.laws().orElseThrow()));

    assertThat(page.select(".findings li.refusal").eachText())
        .anyMatch(text -> text.contains("N*(C)") && text.contains("add budgets"));
  }

  @Test
  void drawsTheTrialsOfUnfinishedBudgetsWhereTheyLie() {
    ReportInput running = SyntheticSweep.running(1);
    ReportTrial early =
        running.trials().stream()
            .filter(trial -> trial.budget() == 3e17 && trial.succeeded())
            .findFirst()
            .orElseThrow();
    List<ReportTrial> trials = new ArrayList<>(running.trials());
    trials.set(trials.indexOf(early), withLoss(early, 0.3));
    trials.removeIf(trial -> trial.outcome().isPresent() && !trial.succeeded());
    Document page = Pages.page(with(running, trials, running.laws().orElseThrow()));

    assertThat(page.select("#isoflop .notes li").eachText())
        .anyMatch(
            note ->
                note.startsWith("Not in the fit yet, as other trials of their budgets")
                    && note.contains(early.name()))
        .noneMatch(note -> note.contains("beyond the axis"));
    assertThat(page.select("#isoflop-1-1-wide text").eachText()).contains("not in the fit yet");
    // A circle; what lies beyond an axis is drawn as a triangle at its edge, without arcs.
    assertThat(page.select("#isoflop-1-1-wide [data-series^=excluded] .mark > path").eachAttr("d"))
        .hasSize(2)
        .allMatch(path -> path.contains("a"));
  }

  @Test
  void drawsMetricsOfTrialsThatAreNotInTheFitAsSuch() {
    Document page = Pages.page(SyntheticSweep.running(1));

    assertThat(page.select("#metrics [data-series^=not in the fit] .mark title").eachText())
        .isNotEmpty()
        .allMatch(text -> text.contains(", not in the fit"));
    assertThat(page.select("#metrics [data-series^=line]")).hasSize(3);
    assertThat(page.select("#metrics figcaption").text())
        .contains("Hollow circles are not in the fit.");
    assertThat(Pages.page(SyntheticSweep.input()).select("#metrics figcaption").text())
        .doesNotContain("Hollow");
  }

  @Test
  void showsTheCurvesOfTrialsThatStillTrain() {
    ReportInput running = SyntheticSweep.running(1);
    ReportTrial open =
        running.trials().stream().filter(it -> it.outcome().isEmpty()).findFirst().orElseThrow();
    List<LossCurve> curves = new ArrayList<>(running.curves());
    List<LossCurve.Point> points = new ArrayList<>();
    for (int step = 1; step <= 50; step++) {
      points.add(new LossCurve.Point(step, step, step * 1e13, 9.0, 9.0));
    }
    curves.add(new LossCurve(open.name(), points));
    ReportInput input =
        new ReportInput(
            running.name(),
            running.spec(),
            running.status(),
            running.laws(),
            running.lossSeries(),
            running.confidence(),
            running.predict(),
            running.trials(),
            curves,
            running.generated(),
            running.software(),
            running.command());
    Document page = Pages.page(input);

    assertThat(page.getElementsByAttributeValue("data-series", "curve " + open.name()))
        .isNotEmpty()
        .allMatch(curve -> !curve.select("path").isEmpty());
    assertThat(page.getElementsByAttributeValue("data-series", "end of " + open.name())).isEmpty();
    assertThat(page.select("#training .notes").text()).contains("that have not ended");
  }

  @Test
  void aSweepThatFinishedIsNotWaitedFor() {
    ReportInput points = SyntheticSweep.bare(threeTrials(), fit(threeTrials()));

    assertThat(Pages.page(points).select(".findings li.refusal")).isNotEmpty();
    assertThat(Pages.page(points).select("main").text()).doesNotContain("not yet");
  }

  private static List<ReportTrial> threeTrials() {
    List<ReportTrial> trials = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      trials.add(
          SyntheticSweep.trial(
              "t" + i,
              1e17,
              i * 1e6,
              OptionalDouble.of(1 + 0.1 * (i - 2) * (i - 2)),
              TrialOutcome.succeeded()));
    }
    return trials;
  }

  private static Laws fit(List<ReportTrial> trials) {
    List<TrainedPoint> points = new ArrayList<>();
    for (ReportTrial trial : trials) {
      double size = trial.size().parameters().orElseThrow();
      points.add(
          TrainedPoint.of(
              trial.name(), 1e17, size, 1e17 / (6 * size), trial.loss().orElseThrow().value()));
    }
    return new LawFitter(1).fit(points, LawOptions.defaults().withBootstrap(20));
  }

  private static ReportTrial withLoss(ReportTrial trial, double loss) {
    return new ReportTrial(
        trial.name(),
        trial.budget(),
        trial.size(),
        Optional.of(MeasuredValue.of(loss)),
        trial.trainLoss(),
        new TreeMap<>(),
        trial.history(),
        trial.outcome(),
        "");
  }

  private static ReportInput with(ReportInput base, List<ReportTrial> trials, Laws laws) {
    return new ReportInput(
        base.name(),
        base.spec(),
        base.status(),
        Optional.of(laws),
        base.lossSeries(),
        base.confidence(),
        base.predict(),
        trials,
        base.curves(),
        base.generated(),
        base.software(),
        base.command());
  }
}
