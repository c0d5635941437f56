package dev.isoflop.operator.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.laws.compare.ComparedSweep;
import dev.isoflop.laws.compare.Comparison;
import dev.isoflop.laws.data.TrainedPoint;
import dev.isoflop.laws.fit.LawFitter;
import dev.isoflop.laws.options.LawOptions;
import dev.isoflop.operator.report.SyntheticSweep;
import dev.isoflop.operator.report.input.ComparisonInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

public class ComparisonPageTest {

  @Test
  void threeSweepsAreRankedInOneSentence() {
    Document page = Jsoup.parse(render(List.of("a", "b", "c")));

    assertThat(page.select(".result").text())
        .isEqualTo("At equal compute, c reaches the lowest loss, then b, then a.");
    assertThat(page.select("#equal-compute tbody tr").eachText())
        .hasSize(3)
        .allMatch(row -> row.contains("loss ratio"));
    assertThat(page.select("caption").eachText()).doesNotHaveDuplicates();
  }

  @Test
  void twoSweepsNeedNoRanking() {
    Document page = Jsoup.parse(render(List.of("a", "b")));

    assertThat(page.select(".result").text())
        .isEqualTo("At equal compute, b reaches a lower loss than a.");
    assertThat(page.select(".meaning").text()).startsWith("Loss ratio");
    assertThat(page.select("#equal-compute")).isEmpty();
  }

  @Test
  void computeForALossThatIsNeverReachedIsNoExtrapolation() {
    Document page = Jsoup.parse(render(List.of("a", "b", "c")));

    assertThat(page.select("#pair-1-equal thead th").eachText()).contains("Extrapolation");
    assertThat(page.select("#pair-1-equal tbody td:last-child").eachText())
        .hasSize(4)
        .allMatch(text -> text.equals("inside") || text.matches("[\\d.]+× (above|below)"))
        .anyMatch(text -> text.endsWith("above"));
  }

  @Test
  void aSweepWithoutLawsIsSaidToHaveNoneOnce() {
    List<ComparedSweep> sweeps = sweeps(List.of("a", "b"));
    sweeps.add(
        ComparedSweep.of(
            "new", new LawFitter(1).fit(points(2.2, 3, new double[] {1e17}), OPTIONS)));
    Document page = Jsoup.parse(compared(sweeps));

    assertThat(page.select(".findings li").eachText())
        .containsExactly(
            "Take care new has no law of N*, D* and loss to compare; fit it alone to see why.");
    assertThat(page.select("caption").eachText())
        .anyMatch(caption -> caption.contains("Verdicts on a and b"))
        .noneMatch(caption -> caption.contains(" and new"));
    assertThat(page.select("#equal-compute tbody tr")).hasSize(3);
  }

  @Test
  void twoRulesThatReadTheSameNumbersNameThemOnce() {
    Document page = Jsoup.parse(render(List.of("a", "b")));
    List<String> why = page.select("#pair-1-readings tbody td:last-child").eachText();

    assertThat(why).hasSizeGreaterThan(2).contains("as above");
    assertThat(why).filteredOn(text -> !text.equals("as above")).doesNotHaveDuplicates();
  }

  private static final LawOptions OPTIONS = LawOptions.defaults().withBootstrap(20);

  /** The page of so many sweeps, each better than the one before. */
  public static String render(List<String> names) {
    return compared(sweeps(names));
  }

  private static List<ComparedSweep> sweeps(List<String> names) {
    List<ComparedSweep> sweeps = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      sweeps.add(sweep(names.get(i), 2.4 * StrictMath.pow(0.97, i), i));
    }
    return sweeps;
  }

  private static String compared(List<ComparedSweep> sweeps) {
    List<String> names = sweeps.stream().map(ComparedSweep::name).toList();
    return new HtmlReport()
        .render(
            new ComparisonInput(
                Comparison.of(sweeps, 0.95),
                sweeps,
                names.stream().map(name -> "runs/" + name + ", sha256:0123456789ab").toList(),
                SyntheticSweep.GENERATED,
                "isoflop 0.1.0",
                "./isoflop compare " + String.join(" ", names)));
  }

  private static ComparedSweep sweep(String name, double coefficient, int seed) {
    double[] budgets = {1e17, 3e17, 1e18, 3e18};
    return ComparedSweep.of(
        name, new LawFitter(1).fit(points(coefficient, seed, budgets), OPTIONS));
  }

  private static List<TrainedPoint> points(double coefficient, int seed, double[] budgets) {
    Random random = new Random(seed);
    List<TrainedPoint> points = new ArrayList<>();
    for (double budget : budgets) {
      for (int i = -3; i <= 3; i++) {
        double size = 1e-3 * StrictMath.pow(budget, 0.56) * StrictMath.pow(1.5, i);
        double loss =
            coefficient
                * StrictMath.pow(budget, -0.03)
                * (1 + 0.004 * i * i + 5e-4 * random.nextGaussian());
        points.add(TrainedPoint.of("t" + points.size(), budget, size, budget / (6 * size), loss));
      }
    }
    return points;
  }
}
