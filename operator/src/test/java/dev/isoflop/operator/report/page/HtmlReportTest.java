package dev.isoflop.operator.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.laws.fit.Laws;
import dev.isoflop.laws.isoflop.IsoFlopCurve;
import dev.isoflop.laws.powerlaw.PowerLaw;
import dev.isoflop.operator.report.Pages;
import dev.isoflop.operator.report.SyntheticSweep;
import dev.isoflop.operator.report.input.ReportInput;
import dev.isoflop.operator.report.input.ReportTrial;
import dev.isoflop.operator.report.words.Phrases;
import java.util.List;
import java.util.Locale;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.select.Elements;
import org.junit.jupiter.api.Test;

class HtmlReportTest {

  private static final ReportInput INPUT = SyntheticSweep.input();
  private static final Laws LAWS = INPUT.laws().orElseThrow();
  private static final String HTML = Pages.render(INPUT);
  private static final Document PAGE = org.jsoup.Jsoup.parse(HTML);

  @Test
  void isWellFormedXml() {
    Pages.requireWellFormed(HTML);
  }

  @Test
  void needsNothingButItself() {
    assertThat(
            PAGE.select(
                "link, img, iframe, object, embed, [src], [href], image, use, foreignObject"))
        .isEmpty();
    assertThat(HTML).doesNotContain("@import", "url(");
    assertThat(PAGE.select("script")).hasSize(1);
    assertThat(PAGE.select("meta[http-equiv=Content-Security-Policy]").attr("content"))
        .contains("default-src 'none'")
        .contains("script-src '" + Assets.digest(PAGE.select("script").get(0).data()) + "'");
  }

  @Test
  void headlineStatesEachExponentWithItsInterval() {
    String headline = PAGE.select(".result").get(0).wholeText();
    for (PowerLaw law :
        List.of(
            LAWS.parameters().value().orElseThrow(),
            LAWS.tokens().value().orElseThrow(),
            LAWS.loss().value().orElseThrow())) {
      assertThat(headline)
          .contains(Phrases.exponent(law))
          .contains(Phrases.exponentInterval(law, law.interval().exponent()));
    }
  }

  /** Trials may train on CPUs, whose time no page may call that of accelerators. */
  @Test
  void timeOfWorkersIsThatOfDevicesOfAnyKind() {
    assertThat(PAGE.body().text()).contains("Device time").doesNotContainIgnoringCase("accelerat");
  }

  @Test
  void headlineSaysWhatTenTimesTheComputeBuys() {
    double exponent = LAWS.parameters().value().orElseThrow().exponent();

    assertThat(PAGE.select(".meaning").text())
        .contains("a model %.2f× [".formatted(StrictMath.pow(10, exponent)))
        .contains("95 % confidence intervals");
  }

  @Test
  void isoFlopCurvesShowEveryPointOnceInEachDrawing() {
    for (String drawing : List.of("isoflop-1-1-wide", "isoflop-1-1-narrow")) {
      for (IsoFlopCurve curve : LAWS.curves()) {
        assertThat(Pages.marks(PAGE, drawing, "trials " + curve.budget()))
            .isEqualTo(curve.points().size());
        assertThat(Pages.marks(PAGE, drawing, "optimum " + curve.budget())).isEqualTo(1);
      }
      assertThat(Pages.marks(PAGE, drawing, "excluded " + LAWS.curves().get(0).budget()))
          .isEqualTo(1);
    }
  }

  @Test
  void everyTrialIsDrawnOrItsAbsenceExplained() {
    int drawn = PAGE.select("#isoflop-1-1-wide [data-series^=trials] > .mark").size();
    int hollow = PAGE.select("#isoflop-1-1-wide [data-series^=excluded] > .mark").size();
    List<String> notes = PAGE.select("#isoflop .notes li").eachText();

    assertThat(drawn + hollow).isEqualTo(INPUT.trials().size() - 2);
    assertThat(notes)
        .hasSize(3)
        .anyMatch(note -> note.contains("stopped at its deadline"))
        .anyMatch(note -> note.contains("Diverged"))
        .anyMatch(note -> note.contains("OutOfMemory"));
  }

  @Test
  void lawsShowEveryOptimumAndEveryPrediction() {
    for (int panel = 1; panel <= 3; panel++) {
      String drawing = "laws-" + panel + "-1-any";
      assertThat(PAGE.select("#" + drawing + " [data-series^=optimum] > .mark"))
          .hasSize(LAWS.curves().size());
      assertThat(Pages.marks(PAGE, drawing, "predictions")).isEqualTo(INPUT.predict().size());
      assertThat(PAGE.select("#" + drawing + " .band path")).hasSize(1);
    }
  }

  @Test
  void metricsShowBothEvaluationSetsInOnePlot() {
    assertThat(Pages.marks(PAGE, "metrics-1-1-any", "ValidationLoss on laion")).isEqualTo(6);
    assertThat(Pages.marks(PAGE, "metrics-1-1-any", "ValidationLoss on coco-2014")).isEqualTo(6);
    assertThat(Pages.marks(PAGE, "metrics-2-1-any", "FID on laion")).isEqualTo(6);
    assertThat(PAGE.select("#metrics-1").text()).contains("offset from laion").contains("+0.021");
  }

  @Test
  void metricsAgainstSizeShowEverySucceededTrial() {
    long succeeded = INPUT.trials().stream().filter(ReportTrial::succeeded).count();

    for (int panel = 3; panel <= 5; panel++) {
      assertThat(PAGE.select("#metrics-" + panel + " .mark")).hasSize((int) succeeded);
    }
    assertThat(PAGE.select("#metrics .panel")).hasSize(5);
  }

  @Test
  void residualsShowEveryFittedTrialAndEveryOptimum() {
    int points = LAWS.curves().stream().mapToInt(curve -> curve.points().size()).sum();

    assertThat(PAGE.select("#residuals-1 .mark")).hasSize(points);
    assertThat(PAGE.select("#residuals-2 .mark")).hasSize(12);
    assertThat(PAGE.select("#residuals-3 .mark")).hasSize(6);
  }

  @Test
  void trainingCurvesShowEveryCurveOnBothScales() {
    for (String drawing :
        List.of("training-1-1-wide", "training-1-2-wide", "training-1-1-narrow")) {
      assertThat(PAGE.select("#" + drawing + " .curve path")).hasSize(INPUT.curves().size());
    }
    assertThat(PAGE.select("#training input[type=radio]")).hasSize(2);
    assertThat(PAGE.select("#training .notes").text()).contains("Without a curve: dit-in-context");
  }

  @Test
  void everyLargerBudgetIsPredictedFromSmallerOnes() {
    assertThat(PAGE.select("#hold-out-table tbody tr")).hasSize(LAWS.rolling().size()).hasSize(6);
    assertThat(PAGE.select("#hold-out-table .note").text()).contains("Of 6 predictions");
  }

  @Test
  void evaluationSetsAreComparedMetricByMetric() {
    assertThat(PAGE.select("#offset-table tbody tr")).hasSize(LAWS.offsets().size());
    assertThat(PAGE.select("#offset-table tbody").text()).contains("coco-2014 against laion");
  }

  @Test
  void surfaceShowsEveryTrialAndHoldsItsOptimaAgainstTheParabolas() {
    int points = LAWS.curves().stream().mapToInt(curve -> curve.points().size()).sum();

    assertThat(PAGE.select("#surface-1 [data-series^=plane] > .mark")).hasSize(points);
    assertThat(Pages.marks(PAGE, "surface-1-1-any", "optima")).isEqualTo(6);
    assertThat(PAGE.select("#surface-2 .band path")).hasSize(2);
    assertThat(PAGE.select("#surface-3 .mark")).hasSize(points);
    assertThat(PAGE.select("#surface .notes").text()).contains("by the parabolas");
  }

  @Test
  void everyFallingLawSaysWhetherItLevelsOffAndWhy() {
    assertThat(PAGE.select("#law-table .note").eachText())
        .hasSize(1 + LAWS.metrics().size() - lossAmongMetrics())
        .allMatch(note -> note.contains("a pure power law") || note.contains("levels off at"));
  }

  private static int lossAmongMetrics() {
    return (int)
        LAWS.metrics().stream()
            .filter(metric -> metric.series().equals(INPUT.lossSeries()))
            .count();
  }

  @Test
  void tablesHaveARowForEachBudgetPredictionAndTrial() {
    assertThat(PAGE.select("#law-table tbody tr")).hasSize(7);
    assertThat(PAGE.select("#law-table tbody tr td:first-child").eachText())
        .startsWith("model size N*", "tokens D*", "samples S*", "loss L*");
    assertThat(PAGE.select("#budget-table tbody tr")).hasSize(6);
    assertThat(PAGE.select("#prediction-table tbody tr")).hasSize(2);
    assertThat(PAGE.select("#trial-table tbody tr")).hasSize(42);
  }

  @Test
  void trialsThatDidNotSucceedSayWhyInTheirRow() {
    assertThat(PAGE.select("#trial-table tr.muted").eachText())
        .hasSize(3)
        .anyMatch(row -> row.contains("Excluded. Diverged: step 5210: loss NaN"))
        .anyMatch(row -> row.contains("Failed. OutOfMemory: the model and a batch of 1024"));
  }

  @Test
  void sortKeysAreNumbersOrEmpty() {
    Elements cells = PAGE.select("#trial-table td.number");
    assertThat(cells).isNotEmpty();
    for (Element cell : cells) {
      String key = cell.attr("data-key");
      assertThat(key.isEmpty() || key.matches("NaN|-?\\d.*")).as(key).isTrue();
    }
  }

  @Test
  void everyDrawingHasATitleAndADescription() {
    for (Element svg : PAGE.select("svg")) {
      String id = svg.id();
      assertThat(svg.attr("aria-labelledby")).isEqualTo(id + "-title " + id + "-description");
      assertThat(svg.select("> title[id=" + id + "-title]").text()).isNotBlank();
      assertThat(svg.select("> desc[id=" + id + "-description]").text()).isNotBlank();
    }
    assertThat(PAGE.select("svg")).hasSizeGreaterThan(12);
  }

  @Test
  void everyTableHasACaptionAndScopedHeadings() {
    assertThat(PAGE.select("table"))
        .hasSize(7)
        .allMatch(table -> table.select("caption").size() == 1);
    assertThat(PAGE.select("th")).isNotEmpty().allMatch(head -> head.attr("scope").equals("col"));
  }

  @Test
  void idsAreUnique() {
    assertThat(PAGE.select("[id]").eachAttr("id")).doesNotHaveDuplicates();
  }

  @Test
  void provenanceNamesTheInputAndShowsTheManifest() {
    assertThat(PAGE.select(".reproduce").text())
        .contains(LAWS.provenance().inputDigest())
        .contains("./isoflop run sweep.yaml")
        .contains("2026-11-23T08:30:00Z");
    assertThat(PAGE.select("details pre").text())
        .contains("kind: ScalingSweep")
        .contains("name: dit-in-context")
        .contains("trialsPerBudget: 7");
  }

  @Test
  void heldOutBudgetsAreDrawnAndPredicted() {
    IsoFlopCurve last = LAWS.curves().get(LAWS.curves().size() - 1);
    Document page = Pages.page(SyntheticSweep.holdingOutLargest());

    assertThat(Pages.marks(page, "isoflop-1-1-wide", "trials " + last.budget()))
        .isEqualTo(last.points().size());
    assertThat(page.select("#isoflop figcaption").text()).contains("kept from the curve at 6×1018");
    assertThat(Pages.marks(page, "laws-1-1-any", "measured")).isEqualTo(1);
    assertThat(page.select("#prediction-table tbody tr")).hasSize(3);
    assertThat(page.select("#budget-table tbody tr").last()).isNotNull();
    assertThat(page.select("#budget-table tbody").text()).contains("held out of the laws");
  }

  @Test
  void theSameInputGivesTheSameBytesInAnyLocale() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-SA-u-nu-arab"));
      assertThat(Pages.render(INPUT)).isEqualTo(HTML);
    } finally {
      Locale.setDefault(before);
    }
  }
}
