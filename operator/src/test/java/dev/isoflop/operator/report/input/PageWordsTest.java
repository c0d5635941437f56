package dev.isoflop.operator.report.input;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.laws.data.TrainedPoint;
import dev.isoflop.laws.fit.LawFitter;
import dev.isoflop.laws.options.LawOptions;
import dev.isoflop.operator.report.Pages;
import dev.isoflop.operator.report.SyntheticSweep;
import dev.isoflop.operator.report.plot.Numerals;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;

/** What a reader meets on a page: in grey, in full, and once. */
class PageWordsTest {
  private static final Pattern Y = Pattern.compile("[ML][-\\d.]+[ ,]([-\\d.]+)");

  @Test
  void captionsNameNoColourSinceMarksAreGreyOnPaper() {
    Document page = Pages.page(SyntheticSweep.input());

    assertThat(page.select("figcaption").eachText())
        .hasSizeGreaterThan(4)
        .noneMatch(text -> text.contains("colour"));
    assertThat(page.select("#laws figcaption").text()).contains("diamonds, shaded as in Figure 1");
  }

  @Test
  void bandsOfLawsAndOfTheSurfaceLieInsideTheirPlots() {
    Document page = Pages.page(SyntheticSweep.input());
    List<Element> bands = page.select("#surface-2 .band path, #laws .band path");

    assertThat(bands).hasSize(5);
    assertThat(bands).allSatisfy(PageWordsTest::isInside);
  }

  private static void isInside(Element band) {
    Element svg = Objects.requireNonNull(band.closest("svg"), band::outerHtml);
    List<Double> ends = new ArrayList<>();
    for (Element line : svg.select(".stroke-ink-axis line")) {
      if (line.attr("x1").equals(line.attr("x2"))) {
        ends.add(Double.valueOf(line.attr("y1")));
      }
    }
    double bottom = ends.stream().mapToDouble(it -> it).max().orElseThrow();
    double top = ends.stream().mapToDouble(it -> it).min().orElseThrow();
    Matcher vertices = Y.matcher(band.attr("d"));
    List<Double> heights = new ArrayList<>();
    while (vertices.find()) {
      heights.add(Double.valueOf(vertices.group(1)));
    }
    assertThat(heights)
        .hasSizeGreaterThan(50)
        .allMatch(y -> y > top + 0.5 && y < bottom - 0.5, svg.id() + ": " + top + "-" + bottom);
  }

  @Test
  void aLegendOfManyBudgetsNamesSome() {
    List<TrainedPoint> points = new ArrayList<>();
    List<ReportTrial> trials = new ArrayList<>();
    for (int budget = 0; budget < 64; budget++) {
      double flops = 1e17 * StrictMath.pow(1.25, budget);
      for (int i = -2; i <= 2; i++) {
        double size = 1e-3 * StrictMath.pow(flops, 0.56) * StrictMath.pow(1.6, i);
        TrainedPoint point =
            TrainedPoint.of(
                budget + "/" + i,
                flops,
                size,
                flops / (6 * size),
                2 * StrictMath.pow(flops, -0.03) * (1 + 0.004 * i * i));
        points.add(point);
        trials.add(ReportTrial.of(point));
      }
    }
    Document page =
        Pages.page(
            SyntheticSweep.bare(
                trials, new LawFitter(2).fit(points, LawOptions.defaults().withBootstrap(0))));

    assertThat(page.select("#isoflop-1-1-wide text").eachText()).contains("C (8 of 64) =");
    assertThat(page.select("#budget-table tbody tr")).hasSize(64);
    assertThat(Pages.page(SyntheticSweep.input()).select("#isoflop-1-1-wide text").eachText())
        .contains("C =");
  }

  @Test
  void budgetsInMessagesAreWrittenAsInTables() {
    assertThat(Numerals.rich("N* at 1.28e11 by +38 %, of q-8e9-l2").plain())
        .isEqualTo("N* at 1.28\u00d710^11 by +38 %, of q-8e9-l2");
  }
}
