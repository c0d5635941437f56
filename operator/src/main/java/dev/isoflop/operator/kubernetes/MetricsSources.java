package dev.isoflop.operator.kubernetes;

import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.operator.collect.MetricsScraper;
import dev.isoflop.operator.collect.PrometheusScraper;
import dev.isoflop.operator.collect.Scrape;
import dev.isoflop.operator.plan.Refusal;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Where metrics come from: Prometheus where the sweep names one, the workers themselves if not. */
final class MetricsSources {
  private final MetricsScraper workers;
  private final PrometheusScraper prometheus;

  MetricsSources(MetricsScraper workers, PrometheusScraper prometheus) {
    this.workers = workers;
    this.prometheus = prometheus;
  }

  /** What keeps an address from being asked; empty if nothing does, or if none is named. */
  static Optional<Refusal> problem(@Nullable String prometheusUrl) {
    return Optional.ofNullable(prometheusUrl)
        .filter(url -> !namesHost(url))
        .map(
            url ->
                new Refusal.OutOfRange(
                    "collection.prometheusUrl",
                    url,
                    "an address such as http://prometheus.monitoring:9090"));
  }

  private static boolean namesHost(String url) {
    try {
      return new URI(url).getHost() != null;
    } catch (URISyntaxException malformed) {
      return false;
    }
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
