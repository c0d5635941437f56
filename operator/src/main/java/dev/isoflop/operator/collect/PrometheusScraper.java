package dev.isoflop.operator.collect;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.isoflop.trial.MetricNames;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Asks a Prometheus for the metrics of a sweep's trials, all with one query. A trial that the
 * answer does not name is {@link Scrape.Silent}: nothing scraped yet, or no longer, is not zero.
 */
public final class PrometheusScraper {
  private static final long ANSWER_BYTES = 64 << 10;

  /** Nine series of a trial have some five thousand bytes, with labels that relabeling adds. */
  private static final long ANSWER_BYTES_PER_TRIAL = 16 << 10;

  private static final long LARGEST_ANSWER_BYTES = 16 << 20;

  private static final String NAMES = String.join("|", TrialValues.NAMES);

  private final HttpClient client;
  private final Clock clock;
  private final Duration timeout;

  /**
   * @param timeout for the whole of a query
   */
  public PrometheusScraper(Clock clock, Duration timeout) {
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(timeout)
            .build();
    this.clock = clock;
    this.timeout = timeout;
  }

  /** Bytes up to which an answer about some trials is read. */
  static long largestAnswer(int trials) {
    return Math.min(LARGEST_ANSWER_BYTES, ANSWER_BYTES + trials * ANSWER_BYTES_PER_TRIAL);
  }

  /** The metrics of each of the trials; the future always completes normally. */
  public CompletableFuture<Map<String, Scrape>> scrape(
      URI prometheus, String namespace, String sweep, Set<String> trials) {
    VectorReader vector = new VectorReader(trials);
    AnswerReader limited = new SizeLimit(vector, largestAnswer(trials.size()));
    return ask(prometheus, namespace, sweep, limited)
        .handle(
            (response, failure) ->
                failure == null
                    ? vector.scrapes(clock.instant())
                    : all(trials, "Prometheus: " + Causes.describe(failure)));
  }

  private CompletableFuture<HttpResponse<Void>> ask(
      URI prometheus, String namespace, String sweep, AnswerReader reader) {
    String query =
        "{__name__=~\"%s\",%s=\"%s\",%s=\"%s\"}"
            .formatted(NAMES, MetricNames.NAMESPACE, namespace, MetricNames.SWEEP, sweep);
    String base = prometheus.toString().replaceAll("/+$", "");
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + "/api/v1/query"))
            .timeout(timeout)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString("query=" + URLEncoder.encode(query, UTF_8)))
            .build();
    CompletableFuture<HttpResponse<Void>> exchange =
        client.sendAsync(request, response -> StreamedBody.of(response, reader));
    CompletableFuture<HttpResponse<Void>> answer =
        exchange.copy().orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
    return answer.whenComplete((response, failure) -> exchange.cancel(true));
  }

  private Map<String, Scrape> all(Set<String> trials, String reason) {
    Map<String, Scrape> scrapes = new HashMap<>();
    trials.forEach(trial -> scrapes.put(trial, new Scrape.Unreachable(clock.instant(), reason)));
    return scrapes;
  }
}
