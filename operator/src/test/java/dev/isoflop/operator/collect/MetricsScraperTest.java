package dev.isoflop.operator.collect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.OptionalDouble;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MetricsScraperTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpExchanges exchanges = new HttpExchanges();
  private final MetricsScraper scraper = scraper(PATIENCE);
  private final CountDownLatch end = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer server;

  private MetricsScraper scraper(Duration timeout) {
    return new MetricsScraper(exchanges, Clock.fixed(NOW, ZoneOffset.UTC), timeout);
  }

  @BeforeEach
  void listen() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.start();
  }

  @AfterEach
  void close() {
    end.countDown();
    server.stop(0);
    threads.shutdownNow();
    exchanges.close();
  }

  @Test
  void anAnswerBecomesTypedMetricsAndWhatIsMissingStaysEmpty() {
    answer(
        200,
        """
        isoflop_step{namespace="local",sweep="s",trial="t",budget="1e12"} 7.0
        isoflop_progress_ratio{namespace="local",sweep="s",trial="t",budget="1e12"} 0.25
        isoflop_train_loss{namespace="local",sweep="s",trial="t",budget="1e12"} 0.9
        isoflop_gradient_norm{namespace="local",sweep="s",trial="t",budget="1e12"} NaN
        isoflop_tokens_total{namespace="local",sweep="s",trial="t",budget="1e12"} 1.0E7
        isoflop_tokens_total{namespace="local",sweep="s",trial="other",budget="1e12"} 2.0E7
        """);
    assertThat(scraper.scrape(uri(), "t").join())
        .isEqualTo(
            new Scrape.Scraped(
                NOW,
                new WorkerMetrics(
                    OptionalDouble.of(7),
                    OptionalDouble.of(0.25),
                    OptionalDouble.of(0.9),
                    OptionalDouble.empty(),
                    OptionalDouble.of(1e7),
                    OptionalDouble.empty(),
                    OptionalDouble.empty(),
                    OptionalDouble.empty(),
                    OptionalDouble.empty())));
  }

  @Test
  void anEmptyPageIsSilenceNotZero() {
    answer(200, "");
    assertThat(scraper.scrape(uri(), "t").join()).isEqualTo(new Scrape.Silent(NOW));
  }

  @Test
  void aPageAboutAnotherTrialIsSilence() {
    answer(200, "isoflop_step{trial=\"other\"} 7\n");
    assertThat(scraper.scrape(uri(), "t").join()).isEqualTo(new Scrape.Silent(NOW));
  }

  @Test
  void anErrorStatusIsUnreachable() {
    answer(503, "isoflop_step{trial=\"t\"} 7\n");
    assertUnreachable(scraper, "HTTP status 503");
  }

  @Test
  void aBrokenPageIsUnreachable() {
    answer(200, "isoflop_step{trial=\"t\"} seven\n");
    assertUnreachable(scraper, "malformed metrics, line 1, column 30: a number must stand before");
  }

  @Test
  void aPageWithoutEndIsUnreachable() {
    endless("#\n");
    assertUnreachable(scraper, "malformed metrics: the page has more than 10000 lines");
  }

  @Test
  void aPageThatIsTooLargeIsUnreachable() {
    endless("# padding padding padding padding padding padding padding\n");
    assertUnreachable(scraper, "the answer is larger than 262144 bytes");
  }

  @Test
  void aBodyThatTricklesEndsWithTheTimeout() {
    handle(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write('#');
          exchange.getResponseBody().flush();
          await();
        });
    assertUnreachable(scraper(Duration.ofMillis(200)), "no answer in time");
  }

  @Test
  void aWorkerThatIsGoneIsUnreachable() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    URI gone = URI.create("http://127.0.0.1:" + port + "/metrics");
    assertThat(scraper.scrape(gone, "t").join())
        .isEqualTo(new Scrape.Unreachable(NOW, "connection refused"));
  }

  private void endless(String text) {
    byte[] line = text.getBytes(UTF_8);
    handle(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          try (OutputStream body = exchange.getResponseBody()) {
            while (end.getCount() > 0) {
              body.write(line);
            }
          }
        });
  }

  private void await() {
    try {
      assertThat(end.await(1, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void assertUnreachable(MetricsScraper asked, String reason) {
    assertThat(asked.scrape(uri(), "t").join()).isEqualTo(new Scrape.Unreachable(NOW, reason));
  }

  private URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/metrics");
  }

  private void answer(int status, String page) {
    handle(
        exchange -> {
          byte[] body = page.getBytes(UTF_8);
          exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
          exchange.getResponseBody().write(body);
        });
  }

  private interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  private void handle(Answer answer) {
    server.createContext(
        "/metrics",
        exchange -> {
          try (exchange) {
            answer.to(exchange);
          }
        });
  }
}
