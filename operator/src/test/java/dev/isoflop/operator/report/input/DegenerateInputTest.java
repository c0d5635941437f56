package dev.isoflop.operator.report.input;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.laws.data.TrainedPoint;
import dev.isoflop.laws.fit.LawFitter;
import dev.isoflop.laws.fit.Laws;
import dev.isoflop.laws.options.LawOptions;
import dev.isoflop.operator.report.Pages;
import dev.isoflop.operator.report.SyntheticSweep;
import dev.isoflop.trial.OutcomeReason;
import dev.isoflop.trial.TrialOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

class DegenerateInputTest {

  private static final Pattern NO_NUMBER = Pattern.compile("NaN|Infinity|∞|null");

  @Test
  void nothingAtAll() {
    Document page = render(SyntheticSweep.bare(List.of(), null));

    assertThat(page.select(".result").text()).isEqualTo("No scaling law could be fitted.");
    assertThat(page.select(".absence").eachText())
        .contains("No trial was planned yet.", "No law was fitted.", "No budget has a trial yet.");
    assertThat(page.select("svg")).isEmpty();
  }

  @Test
  void lawsOfNoPoints() {
    Document page = render(SyntheticSweep.bare(List.of(), fit(List.of())));

    assertThat(page.select("#laws .absence")).hasSize(3);
    assertThat(page.select("#law-table tr.muted")).hasSize(3);
  }

  @Test
  void everyTrialFailed() {
    List<ReportTrial> trials = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      trials.add(
          SyntheticSweep.trial(
              "t" + i,
              1e17,
              1e6 * (i + 1),
              OptionalDouble.empty(),
              TrialOutcome.failed(OutcomeReason.OutOfMemory, "no room")));
    }
    Document page = render(SyntheticSweep.bare(trials, null));

    assertThat(page.select("#isoflop .absence").text()).contains("No trial has measured a loss");
    assertThat(page.select("#isoflop .notes").text()).contains("and 7 more").contains("no room");
    assertThat(page.select(".findings").text())
        .contains("12 of 12 trials did not succeed: 12 failed (OutOfMemory)");
    assertThat(page.select("#trial-table tr.muted")).hasSize(12);
  }

  @Test
  void lossesThatAreNoNumbers() {
    List<ReportTrial> trials =
        List.of(
            diverged("a", Double.NaN),
            diverged("b", Double.POSITIVE_INFINITY),
            diverged("c", 1e300),
            diverged("d", -4));
    Document page = render(SyntheticSweep.bare(trials, null));

    assertThat(page.select("#isoflop-1-1-wide .mark")).hasSize(2);
    assertThat(page.select("#isoflop .notes li").eachText())
        .hasSize(4)
        .anyMatch(note -> note.contains("c at 1017 FLOPs, loss 1.000\u00d710300. Diverged"));
    assertThat(page.select("#trial-table").text()).contains("NaN").contains("∞");
  }

  @Test
  void oneBudget() {
    List<TrainedPoint> points = curve(1e17, 7, 0.01);
    Document page = render(input(points));

    assertThat(page.select("#isoflop-1-1-wide [data-series^=trials] .mark")).hasSize(7);
    assertThat(page.select("#laws svg text").eachText()).contains("no law");
    assertThat(page.select("#laws-1 .mark")).hasSize(1);
    assertThat(page.select(".meaning").text()).contains("a law needs 3");
    assertThat(page.select(".findings li.refusal").eachText())
        .hasSize(2)
        .anyMatch(text -> text.contains("N*(C), D*(C) and loss(C): 1 budget with a usable value"))
        .anyMatch(text -> text.contains("Surface: all points share one budget"));
    assertThat(page.select("main").text().split("a law needs 3", -1))
        .as("in the headline and in the findings")
        .hasSize(3);
  }

  @Test
  void oneTrial() {
    Document page = render(input(curve(1e17, 1, 0.01)));

    assertThat(page.select("#isoflop-1-1-wide .mark")).hasSize(1);
    assertThat(page.select("#budget-table").text()).contains("a parabola needs 3");
  }

  @Test
  void equalSizesAndEqualLosses() {
    List<TrainedPoint> points = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      points.add(TrainedPoint.of("t" + i, 1e17, 1e6, 1e10, 0.8));
    }
    Document page = render(input(points));

    assertThat(page.select("#isoflop-1-1-wide .mark")).hasSize(5);
  }

  @Test
  void aCurveThatBendsDownwards() {
    Document page = render(input(curve(1e17, 7, -0.01)));

    assertThat(page.select("#isoflop-1-1-wide .curve path").eachAttr("stroke-dasharray"))
        .isNotEmpty();
    assertThat(page.select("#isoflop figcaption").text()).contains("Dashed parabolas");
    assertThat(page.select("#residuals-1 .absence").text()).contains("No budget has an optimum");
  }

  @Test
  void budgetsFarBeyondAnyMachine() {
    List<TrainedPoint> points = new ArrayList<>();
    for (double budget : new double[] {1e3, 1e30, 1e60}) {
      points.addAll(curve(budget, 5, 0.01));
    }
    render(input(points));
  }

  @Test
  void manyBudgetsKeepTheirColoursApart() {
    List<TrainedPoint> points = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      points.addAll(curve(1e12 * StrictMath.pow(1.5, i), 5, 0.01));
    }
    Document page = render(input(points));

    assertThat(page.select(".findings li").eachText())
        .filteredOn(text -> text.contains("make the minimum trustworthy"))
        .containsExactly(
            "Take care 64 budgets have 5 sizes each; 6 or more make the minimum trustworthy.");
    assertThat(page.select("#isoflop-1-1-wide [data-series^=parabola] path").eachAttr("stroke"))
        .hasSize(64)
        .doesNotHaveDuplicates();
  }

  @Test
  void aCurveWithoutUsableLosses() {
    ReportInput bare = input(curve(1e17, 3, 0.01));
    String trial = bare.trials().get(0).name();
    ReportInput input =
        new ReportInput(
            bare.name(),
            bare.spec(),
            bare.status(),
            bare.laws(),
            bare.lossSeries(),
            0.95,
            List.of(),
            bare.trials(),
            List.of(
                new LossCurve(
                    trial, List.of(new LossCurve.Point(1, 1, 1e3, Double.NaN, Double.NaN))),
                new LossCurve("a trial that nobody knows", List.of())),
            bare.generated(),
            bare.software(),
            "");

    assertThat(render(input).select("#training .absence").text())
        .isEqualTo("No training curve was recorded.");
  }

  private static ReportTrial diverged(String name, double loss) {
    return SyntheticSweep.trial(
        name,
        1e17,
        1e6,
        OptionalDouble.of(loss),
        TrialOutcome.excluded(OutcomeReason.Diverged, "loss " + loss));
  }

  private static List<TrainedPoint> curve(double budget, int sizes, double bend) {
    List<TrainedPoint> points = new ArrayList<>();
    for (int i = 0; i < sizes; i++) {
      double u = i - sizes / 2.0;
      double size = 1e-2 * StrictMath.sqrt(budget) * StrictMath.pow(2, u);
      points.add(
          TrainedPoint.of(
              "t%s-%d".formatted(budget, i),
              budget,
              size,
              budget / (6 * size),
              StrictMath.pow(budget, -0.01) + bend * u * u));
    }
    return points;
  }

  private static Laws fit(List<TrainedPoint> points) {
    return new LawFitter(1).fit(points, LawOptions.defaults().withBootstrap(20));
  }

  private static ReportInput input(List<TrainedPoint> points) {
    return SyntheticSweep.bare(points.stream().map(ReportTrial::of).toList(), fit(points));
  }

  /** Renders, and holds every page to what any page must be. */
  private static Document render(ReportInput input) {
    String html = Pages.render(input);
    Pages.requireWellFormed(html);
    Document page = Jsoup.parse(html);
    for (Element element : page.select("svg path, svg line, svg text, svg tspan")) {
      element
          .attributes()
          .forEach(
              attribute ->
                  assertThat(NO_NUMBER.matcher(attribute.getValue()).find())
                      .as("%s", attribute)
                      .isFalse());
    }
    for (Element panel : page.select(".panel")) {
      assertThat(panel.select("svg, .absence")).as(panel.id()).isNotEmpty();
    }
    return page;
  }
}
