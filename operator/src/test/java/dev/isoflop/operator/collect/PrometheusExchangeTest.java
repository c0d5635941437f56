package dev.isoflop.operator.collect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an address can answer, seen from what its sweep is told. */
class PrometheusExchangeTest {
  private final HttpExchanges exchanges = new HttpExchanges();
  private HostileServer server;
  private PrometheusScraper scraper;

  @BeforeEach
  void start() throws IOException {
    server = new HostileServer();
    scraper = scraper(List.of("127.0.0.1"), Duration.ofSeconds(20));
  }

  @AfterEach
  void stop() throws IOException {
    scraper.close();
    exchanges.close();
    server.close();
  }

  private PrometheusScraper scraper(List<String> allowed, Duration timeout) {
    return new PrometheusScraper(
        exchanges, new AllowedHosts(allowed, Optional.of("isoflop")), Clock.systemUTC(), timeout);
  }

  private String told(PrometheusScraper asked, String host) {
    PrometheusAddress address =
        PrometheusAddress.of("http://%s:%d".formatted(host, server.port())).orElseThrow();
    Scrape scrape = requireNonNull(asked.scrape(address, "ns", "s", Set.of("a")).join().get("a"));
    return ((Scrape.Unreachable) scrape).reason();
  }

  private String told() {
    return told(scraper, "127.0.0.1");
  }

  @Test
  void aRedirectIsNotFollowed() {
    server.answer(
        "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:%d/secret\r\nContent-Length: 0\r\n\r\n"
            .formatted(server.port()));
    assertThat(told()).isEqualTo("Prometheus: HTTP status 302");
    assertThat(server.asked()).singleElement().asString().startsWith("POST /api/v1/query HTTP/1.1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "secret\r\n\r\n",
        "secret: 31\r\nsecret",
        "SSH-2.0-secret\r\n",
        "HTTP/9.9 secret\r\n\r\n",
        "HTTP/1.1 secret secret\r\n\r\n",
        "HTTP/1.1 200 OK\r\nsecret\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: secret\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nsecret\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecret",
        "HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\n\"secret\"",
        "HTTP/1.1 200 OK\r\nContent-Length: 14\r\n\r\n{\"secret\":true",
        "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{\"data\":",
        "HTTP/1.1 404 secret\r\nContent-Length: 6\r\n\r\nsecret",
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: secret\r\nConnection: Upgrade\r\n\r\nsecret",
        "",
      })
  void noWordOfAnAnswerIsTold(String answer) {
    server.answer(answer);
    assertThat(told()).startsWith("Prometheus: ").doesNotContainIgnoringCase("secret");
  }

  @Test
  void headersWithoutEndAreRefused() {
    server.endless("HTTP/1.1 200 OK\r\n", "X-Padding: padding padding padding padding\r\n");
    assertThat(told())
        .isEqualTo("Prometheus: the connection broke, or what answers does not speak HTTP");
  }

  @Test
  void nestedArraysAreRefusedAtOnce() {
    server.endless("HTTP/1.1 200 OK\r\n\r\n{\"data\":", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[");
    assertThat(told()).isEqualTo("Prometheus: it is not JSON of the usual lengths and depth");
  }

  @Test
  void anAnswerWithoutEndIsRefusedBySize() {
    server.endless(
        "HTTP/1.1 200 OK\r\n\r\n{\"data\":[", "{\"metric\": {\"a\": \"b\"}, \"value\": [1]},");
    assertThat(told()).isEqualTo("Prometheus: the answer is larger than 81920 bytes");
  }

  @Test
  void anAnswerThatTricklesEndsWithTheTime() {
    server.trickle("HTTP/1.1 200 OK\r\n\r\n{");
    try (PrometheusScraper hasty = scraper(List.of("127.0.0.1"), Duration.ofMillis(500))) {
      assertThat(told(hasty, "127.0.0.1")).isEqualTo("Prometheus: no answer in time");
    }
  }

  @Test
  void compressedAnswersAreNotExpanded() throws IOException {
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
      byte[] zeros = " ".repeat(1 << 20).getBytes(UTF_8);
      for (int i = 0; i < 64; i++) {
        gzip.write(zeros);
      }
    }
    server.answer(
        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n"
            .formatted(bomb.size()),
        bomb.toByteArray());
    assertThat(told()).startsWith("Prometheus: ");
  }

  /** A name is allowed, but leads to this machine. */
  @Test
  void aNameThatLeadsToALocalAddressIsNotAsked() {
    server.answer("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    try (PrometheusScraper named = scraper(List.of("localhost"), Duration.ofSeconds(20))) {
      assertThat(told(named, "localhost"))
          .isEqualTo(
              "Prometheus: its host has a loopback, link-local or metadata address, which is not"
                  + " asked");
    }
    assertThat(server.asked()).isEmpty();
  }

  @Test
  void aHostThatIsNotListedIsNotAsked() {
    try (PrometheusScraper services = scraper(AllowedHosts.SERVICES, Duration.ofSeconds(20))) {
      assertThat(told(services, "127.0.0.1"))
          .isEqualTo("Prometheus: its host is not one that may be asked");
    }
    assertThat(server.asked()).isEmpty();
  }

  /** Its lookup holds a thread, so its turn must not pass to the next query of the same tenant. */
  @Test
  void aNameThatKeepsItsServerWaitingIsNotOverBeforeItsLookup() throws Exception {
    CountDownLatch answered = new CountDownLatch(1);
    PrometheusExchange.Names slow =
        name -> {
          try {
            answered.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return new InetAddress[] {InetAddress.getLoopbackAddress()};
        };
    Duration timeout = Duration.ofMillis(100);
    try (PrometheusScraper named =
        new PrometheusScraper(
            exchanges,
            new AllowedHosts(List.of("slow.svc", "127.0.0.1"), Optional.empty()),
            slow,
            Clock.systemUTC(),
            timeout)) {
      CompletableFuture<Map<String, Scrape>> asked =
          named.scrape(
              PrometheusAddress.of("http://slow.svc:" + server.port()).orElseThrow(),
              "ns",
              "s",
              Set.of("a"));
      Thread.sleep(timeout.multipliedBy(5).toMillis());
      assertThat(asked).as("while the name is looked up").isNotDone();
      answered.countDown();
      assertThat(((Scrape.Unreachable) requireNonNull(asked.get().get("a"))).reason())
          .isEqualTo("Prometheus: no answer in time");
    }
    assertThat(server.asked()).isEmpty();
  }
}
