package dev.isoflop.operator.report.input;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.laws.data.Measurement;
import dev.isoflop.laws.data.MetricSeries;
import dev.isoflop.laws.data.TrainedPoint;
import dev.isoflop.laws.fit.LawFitter;
import dev.isoflop.laws.options.LawOptions;
import dev.isoflop.operator.report.Pages;
import dev.isoflop.operator.report.SyntheticSweep;
import dev.isoflop.trial.OutcomeReason;
import dev.isoflop.trial.TrialOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileNamesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>alert(1)</script>",
        "\" onmouseover=\"alert(1)",
        "' onclick='alert(1)",
        "</title></svg></style><script>alert(1)</script>",
        "{page.manifest}{#if true}x{/if}{",
        "a\u0000b\u0008c\ud800d",
        "&lt;b&gt;&amp;&#60;",
        "]]><!-- \u202e\u2066\u200f\u2028",
        "\u001b[2J\u001b]0;owned\u0007\u009b31m",
        "\\end{document}$x_1^2$#%&~"
      })
  void namesStayText(String name) {
    String html = Pages.render(input(name));

    Pages.requireWellFormed(html);
    Document page = Jsoup.parse(html);
    assertThat(page.select("script")).hasSize(1);
    assertThat(page.select("*"))
        .allSatisfy(
            element ->
                assertThat(element.attributes().asList())
                    .noneMatch(attribute -> attribute.getKey().startsWith("on")));
    String shown =
        name.replaceAll("[\\p{Cntrl}\u0080-\u009f\ud800\u2028\u202e\u2066\u200f]", "\ufffd");
    assertThat(page.select("h1").get(0).wholeText()).isEqualTo(shown);
    assertThat(page.select("#trial-table tbody tr td").get(0).wholeText()).contains(shown);
    assertThat(page.select("#isoflop .notes").text().replaceAll("\\s+", " "))
        .contains(Jsoup.parse("<p></p>").text(shown).text().replaceAll("\\s+", " ").strip());
  }

  private static ReportInput input(String name) {
    List<TrainedPoint> points = new ArrayList<>();
    for (double budget : new double[] {1e15, 1e16, 1e17}) {
      for (int i = -2; i <= 2; i++) {
        double size = 1e-2 * StrictMath.sqrt(budget) * StrictMath.pow(2, i);
        double loss = StrictMath.pow(budget, -0.05) * (1 + 0.01 * i * i);
        points.add(
            TrainedPoint.of(name + " " + budget + i, budget, size, budget / (6 * size), loss)
                .withMetrics(Map.of(new MetricSeries("FID", name), Measurement.of(10 * loss))));
      }
    }
    List<ReportTrial> trials = new ArrayList<>(points.stream().map(ReportTrial::of).toList());
    trials.add(
        SyntheticSweep.trial(
            name,
            1e16,
            2e6,
            OptionalDouble.of(0.3),
            TrialOutcome.excluded(OutcomeReason.Diverged, name)));
    ReportInput bare =
        SyntheticSweep.bare(
            trials,
            new LawFitter(1)
                .fit(points, LawOptions.defaults().withBootstrap(20).withSoftware(name)));
    return new ReportInput(
        name,
        Optional.of(SyntheticSweep.spec("laion", "coco")),
        bare.status(),
        bare.laws(),
        new MetricSeries("loss", name),
        0.95,
        List.of(1e19),
        trials,
        List.of(
            new LossCurve(
                name,
                List.of(
                    new LossCurve.Point(1, 10, 1e10, 2, 2),
                    new LossCurve.Point(2, 20, 1e15, 1, 1)))),
        SyntheticSweep.GENERATED,
        name,
        name);
  }
}
