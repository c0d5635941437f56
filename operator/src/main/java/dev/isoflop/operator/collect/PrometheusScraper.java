package dev.isoflop.operator.collect;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.isoflop.trial.MetricNames;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Asks a Prometheus for the metrics of a sweep's trials, all with one query. A trial that the
 * answer does not name is {@link Scrape.Silent}: nothing scraped yet, or no longer, is not zero.
 */
public final class PrometheusScraper {
  private static final int LARGEST_ANSWER_BYTES = 32 << 20;
  private static final ObjectMapper MAPPER = JsonMapper.builder().build();

  private static final String NAMES =
      String.join(
          "|",
          MetricNames.STEP,
          MetricNames.PROGRESS,
          MetricNames.TRAIN_LOSS,
          MetricNames.GRADIENT_NORM,
          MetricNames.TOKENS,
          MetricNames.SAMPLES,
          MetricNames.FLOPS,
          MetricNames.MODEL_FLOPS_UTILIZATION,
          MetricNames.CHECKPOINT_AGE);

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
            .connectTimeout(timeout)
            .build();
    this.clock = clock;
    this.timeout = timeout;
  }

  /** The metrics of each of the trials; the futures always complete normally. */
  public Map<String, CompletableFuture<Scrape>> scrape(
      URI prometheus, String namespace, String sweep, Set<String> trials) {
    CompletableFuture<Map<String, Scrape>> answers =
        ask(prometheus, namespace, sweep).handle((body, failure) -> read(body, failure, trials));
    Map<String, CompletableFuture<Scrape>> scrapes = new HashMap<>();
    trials.forEach(
        trial ->
            scrapes.put(trial, answers.thenApply(all -> Objects.requireNonNull(all.get(trial)))));
    return scrapes;
  }

  private CompletableFuture<HttpResponse<String>> ask(
      URI prometheus, String namespace, String sweep) {
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
    return client
        .sendAsync(request, ignored -> new LimitedBody(LARGEST_ANSWER_BYTES))
        .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS);
  }

  private Map<String, Scrape> read(
      @Nullable HttpResponse<String> response, @Nullable Throwable failure, Set<String> trials) {
    if (response == null) {
      return all(trials, Causes.describe(Objects.requireNonNull(failure)));
    }
    if (response.statusCode() != 200) {
      return all(trials, "Prometheus answers with HTTP status " + response.statusCode());
    }
    try {
      List<Sample> page = samples(MAPPER.readTree(response.body()));
      Map<String, Scrape> scrapes = new HashMap<>();
      for (String trial : trials) {
        boolean known =
            page.stream().anyMatch(sample -> trial.equals(sample.labels().get(MetricNames.TRIAL)));
        scrapes.put(
            trial,
            known
                ? new Scrape.Scraped(clock.instant(), WorkerMetrics.of(page, trial))
                : new Scrape.Silent(clock.instant()));
      }
      return scrapes;
    } catch (JsonProcessingException | NumberFormatException e) {
      return all(trials, "Prometheus' answer cannot be read: " + Causes.describe(e));
    }
  }

  private Map<String, Scrape> all(Set<String> trials, String reason) {
    Map<String, Scrape> scrapes = new HashMap<>();
    trials.forEach(trial -> scrapes.put(trial, new Scrape.Unreachable(clock.instant(), reason)));
    return scrapes;
  }

  private static List<Sample> samples(JsonNode answer) {
    List<Sample> samples = new ArrayList<>();
    for (JsonNode series : answer.path("data").path("result")) {
      Map<String, String> labels = new HashMap<>();
      series
          .path("metric")
          .properties()
          .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
      String name = Objects.requireNonNullElse(labels.remove("__name__"), "");
      samples.add(new Sample(name, labels, value(series.path("value").path(1).asText())));
    }
    return samples;
  }

  private static double value(String text) {
    return switch (text) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }
}
