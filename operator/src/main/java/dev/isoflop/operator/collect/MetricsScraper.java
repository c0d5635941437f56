package dev.isoflop.operator.collect;

import static java.util.Objects.requireNonNull;

import dev.isoflop.trial.MetricNames;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Asks workers for their metrics without waiting for any of them. A worker that is slow, gone or
 * broken yields {@link Scrape.Unreachable}, never an exception and never zeros.
 */
public final class MetricsScraper {
  private static final int LARGEST_PAGE_BYTES = 4 << 20;

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
    CompletableFuture<HttpResponse<String>> exchange =
        client.sendAsync(request, ignored -> new LimitedBody(LARGEST_PAGE_BYTES));
    // The request's own timeout ends with the headers; a body that trickles must end as well.
    CompletableFuture<Scrape> scrape =
        exchange
            .copy()
            .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
            .handle((response, failure) -> read(response, failure, trial));
    return scrape.whenComplete((outcome, impossible) -> exchange.cancel(true));
  }

  private Scrape read(
      @Nullable HttpResponse<String> response, @Nullable Throwable failure, String trial) {
    if (response == null) {
      return new Scrape.Unreachable(clock.instant(), Causes.describe(requireNonNull(failure)));
    }
    if (response.statusCode() != 200) {
      return new Scrape.Unreachable(clock.instant(), "HTTP status " + response.statusCode());
    }
    try {
      List<Sample> page = MetricsText.parse(response.body());
      boolean known =
          page.stream().anyMatch(sample -> trial.equals(sample.labels().get(MetricNames.TRIAL)));
      return known
          ? new Scrape.Scraped(clock.instant(), WorkerMetrics.of(page, trial))
          : new Scrape.Silent(clock.instant());
    } catch (MalformedMetricsException e) {
      return new Scrape.Unreachable(clock.instant(), "malformed metrics, " + e.getMessage());
    }
  }
}
