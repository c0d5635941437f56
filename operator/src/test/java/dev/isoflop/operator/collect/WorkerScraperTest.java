package dev.isoflop.operator.collect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.isoflop.api.v1alpha1.status.ProgressReport;
import dev.isoflop.api.v1alpha1.status.TrialProgress;
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
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkerScraperTest {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpExchanges exchanges = new HttpExchanges();
  private final WorkerScraper scraper = scraper(PATIENCE);
  private final CountDownLatch end = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer server;

  private WorkerScraper scraper(Duration timeout) {
    return new WorkerScraper(exchanges, Clock.fixed(NOW, ZoneOffset.UTC), timeout);
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
  void anAnswerIsTheProgressOfTheTrialAndWhatItLacksStaysEmpty() {
    answer(
        200,
        """
        {"trial": "t", "progress": {"step": 7, "ratio": 0.25, "trainLoss": 0.9}, "newer": [1]}
        """);
    assertThat(scraper.scrape(uri(), "t").join())
        .isEqualTo(new Scrape.Scraped(NOW, Optional.of(new TrialProgress(7, 0.25, 0.9, null))));
  }

  @Test
  void aWorkerBeforeItsFirstStepIsHeardWithoutProgress() {
    answer(200, "{\"trial\": \"t\"}");
    assertThat(scraper.scrape(uri(), "t").join())
        .isEqualTo(new Scrape.Scraped(NOW, Optional.empty()));
  }

  @Test
  void anAnswerAboutAnotherTrialIsSilence() {
    answer(200, "{\"trial\": \"other\", \"progress\": {\"step\": 7, \"ratio\": 0.25}}");
    assertThat(scraper.scrape(uri(), "t").join()).isEqualTo(new Scrape.Silent(NOW));
  }

  @Test
  void anAnswerAboutNoTrialIsSilence() {
    answer(200, "{}");
    assertThat(scraper.scrape(uri(), "t").join()).isEqualTo(new Scrape.Silent(NOW));
  }

  @Test
  void ofAWorkerThatKnowsNoSuchPathTheReasonIsTold() {
    assertUnreachable(
        scraper,
        "HTTP status 404, as of a worker of an earlier version, which shows progress to Prometheus"
            + " alone");
  }

  @Test
  void anErrorStatusIsUnreachable() {
    answer(503, "{\"trial\": \"t\"}");
    assertUnreachable(scraper, "HTTP status 503");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "secret",
        "\"secret\"",
        "[\"secret\"]",
        "isoflop_step{trial=\"t\"} 7\n",
        "{\"trial\": \"t\"",
        "{\"trial\": \"t\"} secret",
        "{\"trial\": \"t\", \"progress\": \"secret\"}",
        "{\"trial\": \"t\", \"progress\": {\"step\": \"7\", \"ratio\": 0.5}}",
        "{\"trial\": \"t\", \"progress\": {\"step\": 7, \"ratio\": NaN}}",
        "{\"trial\": \"t\", \"progress\": {\"step\": 1e999999999, \"ratio\": 0.5}}",
        "{\"trial\": \"t\", \"progress\": {\"step\": 99999999999999999999, \"ratio\": 0.5}}",
        "{\"trial\": \"t\", \"deep\": [[[[[[[[[1]]]]]]]]]}",
      })
  void whatIsNotTheProgressOfAWorkerIsUnreachableWithoutAWordOfIt(String page) {
    answer(200, page);
    assertUnreachable(scraper, "it is not the progress of a worker");
  }

  @Test
  void numbersThatNoStatusHoldsAreBroughtWithinItsBounds() {
    answer(
        200,
        """
        {"trial": "t", "progress":
          {"step": -7, "ratio": 1e400, "trainLoss": -1e400, "checkpointAgeSeconds": 1e400}}
        """);
    assertThat(scraper.scrape(uri(), "t").join())
        .isEqualTo(new Scrape.Scraped(NOW, Optional.of(new TrialProgress(0, 1, null, null))));
  }

  /** Jackson takes this text for a number, whatever it is told of others. */
  @Test
  void aShareThatIsNotANumberIsNone() {
    answer(200, "{\"trial\": \"t\", \"progress\": {\"step\": 7, \"ratio\": \"NaN\"}}");
    assertThat(scraper.scrape(uri(), "t").join())
        .isEqualTo(new Scrape.Scraped(NOW, Optional.of(new TrialProgress(7, 0, null, null))));
  }

  @Test
  void anAnswerThatIsTooLargeIsUnreachable() {
    endless(" ");
    assertUnreachable(scraper, "the answer is larger than 4096 bytes");
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
    URI gone = URI.create("http://127.0.0.1:" + port);
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

  private void assertUnreachable(WorkerScraper asked, String reason) {
    assertThat(asked.scrape(uri(), "t").join()).isEqualTo(new Scrape.Unreachable(NOW, reason));
  }

  private URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
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
        ProgressReport.PATH,
        exchange -> {
          try (exchange) {
            answer.to(exchange);
          }
        });
  }
}
