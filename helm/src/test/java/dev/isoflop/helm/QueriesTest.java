package dev.isoflop.helm;

import static org.assertj.core.api.Assertions.assertThat;
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
    List<Dashboard.Query> silent = new ArrayList<>();
    for (Dashboard dashboard : Dashboard.all()) {
      silent.addAll(dashboard.queries());
      silent.addAll(dashboard.variableQueries());
    }
    assertThat(silent).hasSizeGreaterThan(40);

    // A rate has a value after two scrapes.
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

    assertThat(silent).isEmpty();
  }

  private static boolean hasData(Dashboard.Query query) throws IOException, InterruptedException {
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
    for (JsonNode rule : rules) {
      // Everything is well here: no alert may be due, and no expression may be refused.
      assertThat(prometheus.query(rule.get("expr").asText())).as("%s", rule.get("alert")).isEmpty();
    }
  }
}
