package dev.isoflop.operator.kubernetes.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.api.v1alpha1.status.TrialProgress;
import dev.isoflop.api.v1alpha1.sweep.CollectionSpec;
import dev.isoflop.operator.collect.Scrape;
import dev.isoflop.operator.kubernetes.Simulation;
import dev.isoflop.operator.kubernetes.SmallSweeps;
import dev.isoflop.operator.plan.Specs;
import dev.isoflop.operator.sweep.observe.MetricsHealth;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Metrics that fail, are missing or grow old. */
class SweepMetricsTest {
  private static final Duration INTERVAL = Duration.ofSeconds(30);

  private final ScalingSweep sweep = SmallSweeps.of("sweep", SmallSweeps.specs());
  private final SweepMetrics metrics = new SweepMetrics(sweep);
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  @BeforeEach
  void watch() {
    metrics.watch(sweep, Map.of("a", URI.create("http://10.0.0.1:9400")), INTERVAL);
  }

  private void unreachable() {
    now = now.plus(INTERVAL);
    metrics.add("a", new Scrape.Unreachable(now, "connection refused"));
  }

  private void silent() {
    now = now.plus(INTERVAL);
    metrics.add("a", new Scrape.Silent(now));
  }

  private boolean scraped(double progress) {
    now = now.plus(INTERVAL);
    return metrics.add(
        "a",
        new Scrape.Scraped(
            now, Optional.of(new TrialProgress((long) (100 * progress), progress, null, null))));
  }

  @Test
  void oneOrTwoFailuresAreBorneThreeAreToldAndTheNextAnswerMendsThem() {
    assertThat(metrics.health(now)).isInstanceOf(MetricsHealth.Unknown.class);
    scraped(0.1);
    unreachable();
    unreachable();
    assertThat(metrics.health(now)).isInstanceOf(MetricsHealth.Available.class);
    unreachable();
    assertThat(metrics.health(now))
        .isEqualTo(new MetricsHealth.Unavailable("no metrics of 'a': connection refused"));
    assertThat(scraped(0.1)).isTrue();
    assertThat(metrics.health(now)).isInstanceOf(MetricsHealth.Available.class);
  }

  @Test
  void aWorkerThatNobodyKnowsForFiveMinutesIsTold() {
    for (int i = 0; i < 10; i++) {
      silent();
    }
    assertThat(metrics.health(now)).isInstanceOf(MetricsHealth.Unknown.class);
    silent();
    assertThat(metrics.health(now))
        .isEqualTo(
            new MetricsHealth.Unavailable(
                "no metrics of 'a' since 2026-01-01T00:00:30Z: its worker shows none; see its"
                    + " log"));
    scraped(0);
    assertThat(metrics.health(now)).isInstanceOf(MetricsHealth.Available.class);
  }

  @Test
  void ofAnEmptyPrometheusTheWayOutIsTold() {
    Specs specs = SmallSweeps.specs();
    specs.collection = new CollectionSpec("http://prometheus:9090", "PT30S");
    ScalingSweep queried = SmallSweeps.of("sweep", specs);
    metrics.watch(queried, Map.of("a", URI.create("http://10.0.0.1:9400")), INTERVAL);
    for (int i = 0; i < 11; i++) {
      silent();
    }
    assertThat(((MetricsHealth.Unavailable) metrics.health(now)).message())
        .endsWith("Prometheus knows none; see whether it scrapes the workers' pods");
  }

  @Test
  void progressIsToldInStepsAndGrowsOld() {
    assertThat(scraped(0.50)).isTrue();
    assertThat(scraped(0.51)).isFalse();
    assertThat(scraped(0.53)).isTrue();
    var trial = new Simulation(SmallSweeps.specs());
    trial.turn();
    var known = trial.trial(0);
    known.getMetadata().setName("a");
    assertThat(metrics.progress(known, now).orElseThrow().ratio()).isEqualTo(0.53);
    assertThat(metrics.progress(known, now.plus(INTERVAL.multipliedBy(3)))).isEmpty();
  }

  /** A worker that says 0 and 1 in turn would have its trial's status written each time. */
  @Test
  void progressThatJumpsBackIsToldOnceInAWhile() {
    int writes = 0;
    for (int i = 0; i < 40; i++) {
      writes += scraped(i % 2) ? 1 : 0;
    }
    assertThat(writes).isBetween(2, 21);
    now = now.plus(INTERVAL);
    assertThat(scraped(0)).as("a worker that began anew").isTrue();
  }

  @Test
  void anAnswerAboutATrialThatNoLongerRunsIsDropped() {
    scraped(0.5);
    metrics.watch(sweep, Map.of(), INTERVAL);
    assertThat(scraped(0.6)).isFalse();
    assertThat(metrics.health(now)).isInstanceOf(MetricsHealth.Unknown.class);
  }
}
