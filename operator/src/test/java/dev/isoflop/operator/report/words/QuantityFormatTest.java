package dev.isoflop.operator.report.words;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.laws.data.TrainedPoint;
import dev.isoflop.laws.fit.LawFitter;
import dev.isoflop.laws.options.LawOptions;
import dev.isoflop.laws.stats.Interval;
import dev.isoflop.operator.report.Pages;
import dev.isoflop.operator.report.SyntheticSweep;
import dev.isoflop.operator.report.input.ReportInput;
import dev.isoflop.operator.report.input.ReportTrial;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

class QuantityFormatTest {

  private static final Pattern INTERVAL =
      Pattern.compile("\\[([^\\[\\],]+),[ \\u00a0]([^\\[\\],]+)]");

  @Test
  void anIntervalHasTheDigitsThatTellItsEndsApart() {
    assertThat(QuantityFormat.significant(2).interval(new Interval(11.02, 11.31)))
        .isEqualTo("[11.0,\u00a011.3]");
    assertThat(QuantityFormat.significant(2).interval(new Interval(7.8, 10)))
        .isEqualTo("[7.8,\u00a010]");
    assertThat(QuantityFormat.COUNT.interval(new Interval(2_360_100, 2_360_900)))
        .isEqualTo("[2.36M,\u00a02.361M]");
    assertThat(QuantityFormat.decimals(3).interval(new Interval(0.48801, 0.48804)))
        .isEqualTo("[0.48801,\u00a00.48804]");
  }

  @Test
  void theValueCanHaveTheSameDigits() {
    QuantityFormat format = QuantityFormat.significant(2).apart(new Interval(11.02, 11.31));

    assertThat(format.of(11.157)).isEqualTo("11.2");
  }

  @Test
  void anIntervalWithoutWidthSaysSo() {
    assertThat(QuantityFormat.significant(2).interval(new Interval(11, 11)))
        .isEqualTo("[11\u00a0\u00b1\u00a00]");
  }

  /** Nearly noise-free points, whose every interval is narrow. */
  @Test
  void noIntervalOfAPageHasEndsThatReadAlike() {
    List<TrainedPoint> points = new ArrayList<>();
    for (double budget : new double[] {1e15, 1e16, 1e17, 1e18}) {
      for (int i = -2; i <= 2; i++) {
        double size = 1e-2 * StrictMath.sqrt(budget) * StrictMath.pow(2, i);
        double wobble = 1e-6 * ((points.size() * 7) % 5 - 2);
        double loss = StrictMath.pow(budget, -0.05) * (1 + 0.01 * i * i + wobble);
        points.add(TrainedPoint.of("t" + points.size(), budget, size, budget / (6 * size), loss));
      }
    }
    ReportInput bare =
        SyntheticSweep.bare(
            points.stream().map(ReportTrial::of).toList(),
            new LawFitter(1).fit(points, LawOptions.defaults().withBootstrap(50)));
    ReportInput input =
        new ReportInput(
            bare.name(),
            bare.spec(),
            bare.status(),
            bare.laws(),
            bare.lossSeries(),
            0.95,
            List.of(1e19),
            bare.trials(),
            List.of(),
            bare.generated(),
            bare.software(),
            "");
    Document page = Pages.page(input);

    for (String part :
        List.of(
            ".result",
            ".meaning",
            "#law-table",
            "#budget-table",
            "#prediction-table",
            "#hold-out-table",
            "#laws")) {
      String text = page.select(part).text();
      Matcher interval = INTERVAL.matcher(text);
      int found = 0;
      while (interval.find()) {
        found++;
        assertThat(interval.group(1))
            .as("%s in %s", interval.group(), part)
            .isNotEqualTo(interval.group(2));
      }
      assertThat(found).as(part).isPositive();
    }
  }
}
