package dev.isoflop.operator.collect;

import dev.isoflop.metric.MetricNames;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Asks workers for their metrics without waiting for any of them. A worker that is slow, gone or
 * broken yields {@link Scrape.Unreachable}, never an exception and never zeros.
 */
public final class MetricsScraper {
  /** A worker's page has some ten thousand bytes. */
  static final int LARGEST_PAGE_BYTES = 256 << 10;

  private final HttpExchanges exchanges;
  private final Clock clock;
  private final Duration timeout;

  /**
   * @param timeout for the whole of a scrape, from connecting to the last byte
   */
  public MetricsScraper(HttpExchanges exchanges, Clock clock, Duration timeout) {
    this.exchanges = exchanges;
    this.clock = clock;
    this.timeout = timeout;
  }

  /**
   * Scrapes the metrics of a trial; the future always completes normally.
   *
   * @param metrics by HTTP, at an IP address
   */
  public CompletableFuture<Scrape> scrape(URI metrics, String trial) {
    TrialValues values = new TrialValues();
    AnswerReader page = new SizeLimit(page(trial, values), LARGEST_PAGE_BYTES);
    RequestOptions request =
        new RequestOptions()
            .setMethod(HttpMethod.GET)
            .setHost(metrics.getHost())
            .setPort(metrics.getPort())
            .setURI(metrics.getRawPath())
            .putHeader("Accept", "text/plain; version=0.0.4");
    return exchanges
        .ask(request, "", page, timeout)
        .handle(
            (nothing, failure) ->
                failure == null
                    ? values.scrape(clock.instant())
                    : new Scrape.Unreachable(clock.instant(), Causes.describe(failure)));
  }

  private static MetricsText page(String trial, TrialValues values) {
    return new MetricsText(
        sample -> {
          if (trial.equals(sample.labels().get(MetricNames.TRIAL))) {
            values.add(sample.name(), sample.value());
          }
        });
  }
}
