package dev.isoflop.operator.kubernetes;

import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.operator.collect.MetricsScraper;
import dev.isoflop.operator.collect.PrometheusScraper;
import dev.isoflop.operator.collect.Scrape;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Where metrics come from: Prometheus where the sweep names one, the workers themselves if not. */
final class MetricsSources {
  private final MetricsScraper workers;
  private final PrometheusScraper prometheus;

  MetricsSources(MetricsScraper workers, PrometheusScraper prometheus) {
    this.workers = workers;
    this.prometheus = prometheus;
  }

  /** Asks for the metrics of trials; each future completes normally. */
  Map<String, CompletableFuture<Scrape>> of(ScalingSweep sweep, Map<String, URI> running) {
    String url = sweep.getSpec().collection().prometheusUrl();
    if (url != null) {
      return prometheus.scrape(
          URI.create(url),
          sweep.getMetadata().getNamespace(),
          sweep.getMetadata().getName(),
          running.keySet());
    }
    Map<String, CompletableFuture<Scrape>> scrapes = new HashMap<>();
    running.forEach((trial, address) -> scrapes.put(trial, workers.scrape(address, trial)));
    return scrapes;
  }
}
