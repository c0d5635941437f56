package dev.isoflop.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.isoflop.worker.fault.TrialFault;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every query of the dashboards, asked of a Prometheus that has scraped the metrics of a worker and
 * of the operator.
 */
class QueriesTest {
  private static final Map<String, String> VARIABLES =
      Map.of(
          "namespace", "research",
          "sweep", ShownWorker.SWEEP,
          "trial", ShownWorker.TRIAL,
          "__rate_interval", "5s",
          "__range", "1h");
  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final Duration PAUSE = Duration.ofMillis(200);

  @TempDir static Path folder;

  private static List<AutoCloseable> running = new ArrayList<>();
  private static ShownWorker worker;
  private static ShownOperator operator;
  private static PrometheusServer prometheus;

  @BeforeAll
  static void start() throws IOException, InterruptedException, TrialFault {
    Optional<Path> program = Programs.find("prometheus");
    assumeTrue(program.isPresent(), "no prometheus on the PATH; install the package prometheus");
    worker = ShownWorker.start("research");
    running.add(worker);
    operator =
        ShownOperator.start(
            Chart.YAML.readTree(Path.of("src/test/resources/shown-sweep.yaml").toFile()));
    running.add(operator);
    prometheus = PrometheusServer.start(program.get(), folder, worker.port(), operator.port());
    running.add(prometheus);
    long end = System.nanoTime() + LONGEST.toNanos();
    while (prometheus.query("isoflop_operator_leader == 1").isEmpty()) {
      assertThat(System.nanoTime()).as("the operator is scraped").isLessThan(end);
      Thread.sleep(PAUSE.toMillis());
    }
  }

  @AfterAll
  static void stop() throws Exception {
    for (AutoCloseable started : running) {
      started.close();
    }
  }

  @Test
  void eachReturnsData() throws Exception {
    assertThat(queries()).hasSizeGreaterThan(40);

    assertThat(silentAfterAWhile()).isEmpty();
  }

  private static List<Dashboard.Query> queries() throws IOException {
    List<Dashboard.Query> queries = new ArrayList<>();
    for (Dashboard dashboard : Dashboard.all()) {
      queries.addAll(dashboard.queries());
      queries.addAll(dashboard.variableQueries());
    }
    return queries;
  }

  /** Those that return nothing, even so long after the start that every rate has a value. */
  private static List<Dashboard.Query> silentAfterAWhile() throws Exception {
    List<Dashboard.Query> silent = queries();
    long end = System.nanoTime() + LONGEST.toNanos();
    while (!silent.isEmpty() && System.nanoTime() < end) {
      worker.step();
      operator.turn();
      Thread.sleep(PAUSE.toMillis());
      List<Dashboard.Query> remaining = new ArrayList<>();
      for (Dashboard.Query query : silent) {
        if (!hasData(query)) {
          remaining.add(query);
        }
      }
      silent = remaining;
    }
    return silent;
  }

  @Test
  void eachPanelDrawsWhatItAsksFor() throws Exception {
    assumeTrue(GrafanaPanels.missing().isEmpty(), () -> GrafanaPanels.missing().orElseThrow());
    assertThat(silentAfterAWhile()).isEmpty();

    for (Dashboard dashboard : Dashboard.all()) {
      Map<String, List<GrafanaPanels.Drawn>> drawn =
          GrafanaPanels.of(
              dashboard,
              (target, query) ->
                  target.path("range").asBoolean() && !target.path("instant").asBoolean()
                      ? prometheus.queryRange(query.with(VARIABLES))
                      : prometheus.query(query.with(VARIABLES)));

      assertThat(drawn).hasSize(dashboard.panels().size());
      assertThat(drawn)
          .as("%s", dashboard)
          .allSatisfy((panel, series) -> assertThat(series).as(panel).isNotEmpty());
      switch (dashboard.file()) {
        case "sweep.json" -> checkSweep(drawn);
        case "trial.json" -> checkTrial(drawn);
        case "operator.json" -> {}
        default -> throw new AssertionError(dashboard + ": say what it must draw");
      }
    }
  }

  private static void checkSweep(Map<String, List<GrafanaPanels.Drawn>> drawn) {
    assertThat(drawn.get("IsoFLOP curves"))
        .extracting(GrafanaPanels.Drawn::name, GrafanaPanels.Drawn::show)
        .containsExactlyInAnyOrder(
            tuple("1.0E17 trials", "points"),
            tuple("3.0E17 trials", "points"),
            tuple("1.0E17 fit", "lines"),
            tuple("1.0E17 optimum", "points"));
    assertThat(drawn.get("IsoFLOP curves"))
        .filteredOn(series -> series.name().equals("1.0E17 trials"))
        .singleElement()
        .satisfies(
            series -> {
              assertThat(series.x()).containsExactly(2e6, 4e6, 8e6);
              assertThat(series.y()).containsExactly(0.83, 0.81, 0.84);
            });
    assertThat(drawn.get("Optimal model size"))
        .extracting(GrafanaPanels.Drawn::name, GrafanaPanels.Drawn::show)
        .containsExactlyInAnyOrder(tuple("optima", "points"), tuple("law", "lines"));
    assertThat(drawn.get("Optimal model size").get(0).text()).contains("1e+17");
    assertThat(drawn.get("Device hours").get(0).text()).containsExactly("2.5 h");
  }

  private static void checkTrial(Map<String, List<GrafanaPanels.Drawn>> drawn) {
    assertThat(drawn.get("Training loss by compute"))
        .singleElement()
        .satisfies(series -> assertThat(series.x()).isNotEmpty().isSorted());
    assertThat(drawn.get("Validation loss"))
        .singleElement()
        .satisfies(
            series -> {
              // The result that the operator keeps, not what the worker last showed.
              assertThat(series.y()).containsExactly(0.77);
            });
    assertThat(drawn.get("Compute").get(0).text()).allMatch(text -> text.matches(".*e\\+\\d+"));
  }

  /** Whether both ways to ask have data: a range ends with the last whole second. */
  private static boolean hasData(Dashboard.Query query) throws IOException, InterruptedException {
    if (prometheus.queryRange(query.with(VARIABLES)).isEmpty()) {
      return false;
    }
    JsonNode series = prometheus.query(query.with(VARIABLES));
    for (JsonNode one : series) {
      if (!"NaN".equals(one.at("/value/1").asText())) {
        return true;
      }
    }
    return false;
  }

  @Test
  void eachExpressionOfAnAlertIsUnderstood() throws Exception {
    JsonNode rules =
        Chart.YAML
            .readTree(Chart.FOLDER.resolve("files/alerts.yaml").toFile())
            .at("/groups/0/rules");
    assertThat(rules).isNotEmpty();
    for (JsonNode rule : rules) {
      // Everything is well here: no alert may be due, and no expression may be refused.
      assertThat(prometheus.query(rule.get("expr").asText())).as("%s", rule.get("alert")).isEmpty();
    }
  }
}
