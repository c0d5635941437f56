package dev.isoflop.operator.kubernetes.observe;

import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.operator.collect.FairSlots;
import dev.isoflop.operator.collect.PrometheusAddress;
import dev.isoflop.operator.collect.PrometheusScraper;
import dev.isoflop.operator.collect.Scrape;
import dev.isoflop.operator.collect.WorkerScraper;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * Where the progress of trials comes from: Prometheus where the sweep names one, the workers
 * themselves if not. So many are asked at a time, whatever the number of sweeps and workers.
 */
public final class MetricsSources {
  private static final int QUERIES = 4;
  private static final int PAGES = 32;

  private final FairSlots queries = new FairSlots(QUERIES, QUERIES / 2);
  private final FairSlots pages = new FairSlots(PAGES, PAGES / 2);
  private final WorkerScraper workers;
  private final PrometheusScraper prometheus;

  public MetricsSources(WorkerScraper workers, PrometheusScraper prometheus) {
    this.workers = workers;
    this.prometheus = prometheus;
  }

  /** Asks for the metrics of trials; each future completes normally. */
  Map<String, CompletableFuture<Scrape>> of(ScalingSweep sweep, Map<String, URI> running) {
    String url = sweep.getSpec().collection().prometheusUrl();
    String namespace = sweep.getMetadata().getNamespace();
    Map<String, CompletableFuture<Scrape>> scrapes = new HashMap<>();
    if (url == null) {
      running.forEach(
          (trial, address) ->
              scrapes.put(trial, pages.run(namespace, () -> workers.scrape(address, trial))));
      return scrapes;
    }
    CompletableFuture<Map<String, Scrape>> answer =
        queries.run(
            namespace,
            () ->
                PrometheusAddress.of(url)
                    .map(
                        address ->
                            prometheus.scrape(
                                address,
                                namespace,
                                sweep.getMetadata().getName(),
                                running.keySet()))
                    .orElseGet(
                        () ->
                            CompletableFuture.completedFuture(
                                prometheus.unreachable(
                                    running.keySet(), "its address cannot be asked"))));
    running
        .keySet()
        .forEach(
            trial ->
                scrapes.put(
                    trial, answer.thenApply(all -> Objects.requireNonNull(all.get(trial)))));
    return scrapes;
  }
}
