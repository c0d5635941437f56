package dev.isoflop.operator.collect;

import dev.isoflop.api.v1alpha1.status.ProgressReport;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Asks workers for the progress of their trials without waiting for any of them. A worker that is
 * slow, gone or broken yields {@link Scrape.Unreachable}, never an exception and never zeros.
 */
public final class WorkerScraper {
  /** A worker's report has some two hundred bytes. */
  static final int LARGEST_REPORT_BYTES = 4 << 10;

  private final HttpExchanges exchanges;
  private final Clock clock;
  private final Duration timeout;

  /**
   * @param timeout for the whole of a scrape, from connecting to the last byte
   */
  public WorkerScraper(HttpExchanges exchanges, Clock clock, Duration timeout) {
    this.exchanges = exchanges;
    this.clock = clock;
    this.timeout = timeout;
  }

  /**
   * Scrapes the progress of a trial; the future always completes normally.
   *
   * @param worker an IP address and a port, asked by HTTP
   */
  public CompletableFuture<Scrape> scrape(URI worker, String trial) {
    ProgressReader report = new ProgressReader();
    RequestOptions request =
        new RequestOptions()
            .setMethod(HttpMethod.GET)
            .setHost(worker.getHost())
            .setPort(worker.getPort())
            .setURI(ProgressReport.PATH)
            .putHeader("Accept", "application/json");
    return exchanges
        .ask(request, "", new SizeLimit(report, LARGEST_REPORT_BYTES), timeout)
        .handle(
            (nothing, failure) ->
                failure == null
                    ? report.scrape(trial, clock.instant())
                    : new Scrape.Unreachable(clock.instant(), describe(failure)));
  }

  private static String describe(Throwable failure) {
    String cause = Causes.describe(failure);
    return failure instanceof ErrorStatusException error && error.status() == 404
        ? cause + ", as of a worker of an earlier version, which shows progress to Prometheus alone"
        : cause;
  }
}
