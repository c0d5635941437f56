package dev.isoflop.operator.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.isoflop.api.v1alpha1.ScalingSweepStatus;
import dev.isoflop.laws.data.TrainedPoint;
import dev.isoflop.laws.fit.LawFitter;
import dev.isoflop.laws.options.LawOptions;
import dev.isoflop.operator.report.Pages;
import dev.isoflop.operator.report.SyntheticSweep;
import dev.isoflop.operator.report.input.ReportInput;
import dev.isoflop.operator.report.input.ReportTrial;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;

class FindingsTest {

  @Test
  void namesTheEditThatTheSweepsStatusNames() throws JsonProcessingException {
    ReportInput points = points();
    ScalingSweepStatus status =
        new YAMLMapper()
            .readValue(
                """
                laws:
                  findings:
                  - "budget 1e15: 5 sizes; 6 or more make the minimum trustworthy: set\
                 spec.grid.trialsPerBudget to 6 (now 5)"
                """,
                ScalingSweepStatus.class);
    ReportInput input =
        new ReportInput(
            points.name(),
            points.spec(),
            Optional.of(status),
            points.laws(),
            points.lossSeries(),
            0.95,
            List.of(),
            points.trials(),
            List.of(),
            points.generated(),
            points.software(),
            "");

    assertThat(few(Pages.page(input)))
        .containsExactly(
            "Take care Budgets 1015, 1016 and 1017 have 5 sizes each; 6 or more make the minimum"
                + " trustworthy: set spec.grid.trialsPerBudget to 6 (now 5).");
  }

  @Test
  void saysOnceWhatIsTrueOfManyBudgets() {
    assertThat(few(Pages.page(points())))
        .containsExactly(
            "Take care Budgets 1015, 1016 and 1017 have 5 sizes each; 6 or more make the minimum"
                + " trustworthy.");
  }

  private static List<String> few(Document page) {
    return page.select(".findings li").eachText().stream()
        .filter(text -> text.contains("trustworthy"))
        .toList();
  }

  private static ReportInput points() {
    List<TrainedPoint> points = new ArrayList<>();
    for (double budget : new double[] {1e15, 1e16, 1e17}) {
      for (int i = -2; i <= 2; i++) {
        double size = 1e-2 * StrictMath.sqrt(budget) * StrictMath.pow(2, i);
        double loss = StrictMath.pow(budget, -0.05) * (1 + 0.01 * i * i);
        points.add(TrainedPoint.of("t" + points.size(), budget, size, budget / (6 * size), loss));
      }
    }
    return SyntheticSweep.bare(
        points.stream().map(ReportTrial::of).toList(),
        new LawFitter(1).fit(points, LawOptions.defaults().withBootstrap(20)));
  }
}
