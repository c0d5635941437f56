package dev.isoflop.operator.collect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.isoflop.api.v1alpha1.status.TrialProgress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PrometheusScraperTest {
  private static final String ANSWER =
      """
      {"status":"success","data":{"resultType":"vector","result":[
        {"metric":{"__name__":"isoflop_step","namespace":"ns","sweep":"s","trial":"a"},
         "value":[1.5,"120"]},
        {"metric":{"__name__":"isoflop_progress_ratio","namespace":"ns","sweep":"s","trial":"a"},
         "value":[1.5,"0.5"]},
        {"metric":{"__name__":"isoflop_train_loss","namespace":"ns","sweep":"s","trial":"a"},
         "value":[1.5,"NaN"]}]}}
      """;

  private final HttpExchanges exchanges = new HttpExchanges();
  private final PrometheusScraper scraper =
      new PrometheusScraper(
          exchanges,
          new AllowedHosts(List.of("127.0.0.1"), Optional.empty()),
          Clock.systemUTC(),
          Duration.ofSeconds(5));
  private final AtomicReference<String> asked = new AtomicReference<>("");
  private String answer = ANSWER;
  private int status = 200;
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/api/v1/query",
        exchange -> {
          asked.set(
              URLDecoder.decode(
                  new String(exchange.getRequestBody().readAllBytes(), UTF_8), UTF_8));
          byte[] body = answer.getBytes(UTF_8);
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    scraper.close();
    exchanges.close();
  }

  private CompletableFuture<Map<String, Scrape>> scrape() {
    PrometheusAddress address =
        PrometheusAddress.of("http://127.0.0.1:%d/".formatted(server.getAddress().getPort()))
            .orElseThrow();
    return scraper.scrape(address, "ns", "s", Set.of("a", "b"));
  }

  private Scrape scraped(String trial) {
    return requireNonNull(scrape().join().get(trial));
  }

  @Test
  void oneQueryTellsOfAllTrialsOfASweep() {
    TrialProgress progress = ((Scrape.Scraped) scraped("a")).progress().orElseThrow();
    assertThat(progress.step()).isEqualTo(120);
    assertThat(progress.ratio()).isEqualTo(0.5);
    assertThat(asked.get()).contains("isoflop_step|", "namespace=\"ns\"", "sweep=\"s\"");
  }

  @Test
  void whatIsNotANumberOrNotThereIsNotZero() {
    TrialProgress progress = ((Scrape.Scraped) scraped("a")).progress().orElseThrow();
    assertThat(progress.trainLoss()).isNull();
    assertThat(progress.checkpointAgeSeconds()).isNull();
    assertThat(scraped("b")).isInstanceOf(Scrape.Silent.class);
  }

  @Test
  void anErrorIsNoAnswer() {
    status = 503;
    assertThat(((Scrape.Unreachable) scraped("a")).reason())
        .isEqualTo("Prometheus: HTTP status 503");
    status = 200;
    answer = "<html>not json";
    assertThat(((Scrape.Unreachable) scraped("b")).reason())
        .isEqualTo("Prometheus: it is not JSON of the usual lengths and depth");
    server.stop(0);
    assertThat(scraped("a")).isInstanceOf(Scrape.Unreachable.class);
  }
}
