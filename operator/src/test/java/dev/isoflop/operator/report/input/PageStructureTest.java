package dev.isoflop.operator.report.input;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.operator.report.Pages;
import dev.isoflop.operator.report.SyntheticSweep;
import dev.isoflop.operator.report.tables.Table;
import dev.isoflop.trial.TrialOutcome;
import java.time.Instant;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every page gives those who read it with a keyboard, a screen reader or in a hurry. */
class PageStructureTest {

  static Stream<Document> pages() {
    return Stream.of(
            SyntheticSweep.input(),
            SyntheticSweep.running(1),
            SyntheticSweep.running(0),
            points(),
            SyntheticSweep.bare(List.of(), null))
        .map(Pages::page);
  }

  /** As from a file that names budget, size, tokens and loss alone. */
  private static ReportInput points() {
    ReportInput sweep = SyntheticSweep.input();
    return SyntheticSweep.bare(
        sweep.trials().stream()
            .filter(ReportTrial::succeeded)
            .map(
                trial ->
                    SyntheticSweep.trial(
                        trial.name(),
                        trial.budget(),
                        trial.size().parameters().orElseThrow(),
                        OptionalDouble.of(trial.loss().orElseThrow().value()),
                        TrialOutcome.succeeded()))
            .toList(),
        sweep.laws().orElseThrow());
  }

  @ParameterizedTest
  @MethodSource("pages")
  void headingsSkipNoLevel(Document page) {
    List<Integer> levels =
        page.select("h1, h2, h3, h4, h5, h6").stream()
            .map(heading -> heading.tagName().charAt(1) - '0')
            .toList();

    assertThat(levels).hasSizeGreaterThan(10).startsWith(1);
    assertThat(levels.stream().filter(level -> level == 1)).hasSize(1);
    for (int i = 1; i < levels.size(); i++) {
      assertThat(levels.get(i)).as("%s", levels).isLessThanOrEqualTo(levels.get(i - 1) + 1);
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void figuresAndTablesAreNamedByTheirHeadings(Document page) {
    assertThat(page.select("figure")).isNotEmpty();
    assertThat(page.select("figure, .scroll"))
        .allSatisfy(
            part -> {
              assertThat(page.select("[id=" + part.attr("aria-labelledby") + "]").eachText())
                  .as(part.id())
                  .singleElement()
                  .asString()
                  .matches("(Figure|Table) \\d+\\. .+");
            });
    assertThat(page.select("caption > h2")).hasSize(page.select("table").size());
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyScrollingPartIsReachedByKeyboard(Document page) {
    assertThat(page.select("pre, .scroll"))
        .isNotEmpty()
        .allSatisfy(
            part -> {
              assertThat(part.attr("tabindex")).isEqualTo("0");
              assertThat(part.attr("role")).isEqualTo("region");
              assertThat(part.attr("aria-label") + part.attr("aria-labelledby")).isNotBlank();
            });
  }

  @ParameterizedTest
  @MethodSource("pages")
  void noColumnIsOfDashesAlone(Document page) {
    assertThat(page.select("table")).isNotEmpty();
    for (Element table : page.select("table")) {
      List<String> heads = table.select("thead th").eachText();
      for (int column = 0; column < heads.size(); column++) {
        List<String> cells = table.select("tbody td:nth-child(" + (column + 1) + ")").eachText();
        assertThat(cells)
            .as("%s, column %s", table.select("caption").text(), heads.get(column))
            .anyMatch(cell -> !cell.isBlank() && !cell.equals(Table.Cell.NOTHING));
      }
    }
  }

  @Test
  void columnsThatSomeRowFillsStay() {
    Document page = Pages.page(SyntheticSweep.running(1));

    assertThat(page.select("#trial-table thead th").eachText())
        .contains("Steps", "Training loss", "Outcome");
    assertThat(Pages.page(points()).select("#trial-table thead th").eachText())
        .contains("Trial", "C", "N", "D")
        .doesNotContain("Steps", "Training loss", "Attempts", "Time", "Shape");
  }

  @ParameterizedTest
  @MethodSource("pages")
  void captionsAreParagraphs(Document page) {
    assertThat(page.select("figcaption p"))
        .isNotEmpty()
        .allSatisfy(paragraph -> assertThat(paragraph.text().length()).isLessThan(360));
  }

  @Test
  void momentsAreToTheSecond() {
    ReportInput input = SyntheticSweep.input();
    ReportInput precise =
        new ReportInput(
            input.name(),
            input.spec(),
            input.status(),
            input.laws(),
            input.lossSeries(),
            input.confidence(),
            input.predict(),
            input.trials(),
            input.curves(),
            Instant.parse("2026-11-23T08:30:00.123456789Z"),
            input.software(),
            input.command());

    assertThat(Pages.page(precise).select(".provenance").text())
        .contains("2026-11-23T08:30:00Z")
        .doesNotContain("123456789");
  }

  @Test
  void extrapolationSaysWhichWay() {
    Document page = Pages.page(predicting(List.of(1e15, 1e18, 6e19)));

    assertThat(page.select("#prediction-table tbody td:last-child").eachText())
        .containsExactly("100× below", "inside", "10× above");
  }

  private static ReportInput predicting(List<Double> budgets) {
    ReportInput input = SyntheticSweep.input();
    return new ReportInput(
        input.name(),
        input.spec(),
        input.status(),
        input.laws(),
        input.lossSeries(),
        input.confidence(),
        budgets,
        input.trials(),
        List.of(),
        input.generated(),
        input.software(),
        input.command());
  }
}
