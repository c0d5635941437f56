package dev.isoflop.operator.collect;

import dev.isoflop.trial.MetricNames;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Asks workers for their metrics without waiting for any of them. A worker that is slow, gone or
 * broken yields {@link Scrape.Unreachable}, never an exception and never zeros.
 */
public final class MetricsScraper {
  /** A worker's page has some ten thousand bytes. */
  static final int LARGEST_PAGE_BYTES = 256 << 10;

  private final HttpClient client;
  private final Clock clock;
  private final Duration timeout;

  /**
   * @param timeout for the whole of a scrape, from connecting to the last byte
   */
  public MetricsScraper(Clock clock, Duration timeout) {
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(timeout)
            .build();
    this.clock = clock;
    this.timeout = timeout;
  }

  /** Scrapes the metrics of a trial; the future always completes normally. */
  public CompletableFuture<Scrape> scrape(URI metrics, String trial) {
    HttpRequest request =
        HttpRequest.newBuilder(metrics)
            .timeout(timeout)
            .header("Accept", "text/plain; version=0.0.4")
            .GET()
            .build();
    TrialValues values = new TrialValues();
    AnswerReader page = new SizeLimit(page(trial, values), LARGEST_PAGE_BYTES);
    CompletableFuture<HttpResponse<Void>> exchange =
        client.sendAsync(request, response -> StreamedBody.of(response, page));
    // The request's own timeout ends with the headers; a body that trickles must end as well.
    CompletableFuture<Scrape> scrape =
        exchange
            .copy()
            .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
            .handle(
                (response, failure) ->
                    failure == null
                        ? values.scrape(clock.instant())
                        : new Scrape.Unreachable(clock.instant(), Causes.describe(failure)));
    return scrape.whenComplete((outcome, impossible) -> exchange.cancel(true));
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
