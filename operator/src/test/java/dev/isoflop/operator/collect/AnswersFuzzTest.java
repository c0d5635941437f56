package dev.isoflop.operator.collect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.api.v1alpha1.status.TrialProgress;
import dev.isoflop.operator.FuzzRun;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Whatever answers a question: it is taken in or refused in bounded time and memory, in words that
 * repeat none of it. Profile {@code fuzz} runs it for long in a heap of 256 MiB.
 */
class AnswersFuzzTest {
  private static final Set<String> TRIALS = Set.of("a", "b");
  private static final Duration TIMEOUT = Duration.ofMillis(300);
  private static final int AT_ONCE = 16;

  @Test
  void readersTakeInOrRefuse() {
    FuzzRun.seeds(4000, AnswersFuzzTest::read);
  }

  @Test
  void exchangesEndInTimeAndTellNothing() throws IOException {
    try (Exchanges exchanges = new Exchanges()) {
      FuzzRun.seeds(40, exchanges::ask);
    }
  }

  @Test
  @Tag("fuzz")
  void readersTakeInOrRefuseForLong() {
    FuzzRun.minutes(AnswersFuzzTest::read);
  }

  @Test
  @Tag("fuzz")
  void exchangesEndInTimeAndTellNothingForLong() throws IOException {
    try (Exchanges exchanges = new Exchanges()) {
      FuzzRun.minutes(exchanges::ask);
    }
  }

  /** Bodies cut into parts of any size, without a network between. */
  private static void read(long seed) {
    Random random = new Random(~seed);
    HostileAnswers answers = new HostileAnswers(seed);
    VectorReader vector = new VectorReader(TRIALS);
    feed(random, random.nextInt(4) == 0 ? answers.body() : answers.vector(), vector);
    vector.scrapes(Instant.EPOCH).values().forEach(scrape -> takeIn(random, scrape));
    ProgressReader report = new ProgressReader();
    feed(random, random.nextInt(4) == 0 ? answers.body() : answers.report(), report);
    takeIn(random, report.scrape("a", Instant.EPOCH));
  }

  private static void feed(Random random, byte[] bytes, AnswerReader reader) {
    try {
      for (int from = 0; from < bytes.length; ) {
        int to = Math.min(bytes.length, from + 1 + random.nextInt(random.nextBoolean() ? 4 : 4096));
        reader.take(bytes, from, to);
        from = to;
      }
      reader.end();
    } catch (UnreadableAnswerException refused) {
      assertThat(refused.getMessage()).isNotBlank().doesNotContain(HostileAnswers.SECRET);
    }
  }

  /** What comes of an answer is asked for all that is shown of it. */
  private static void takeIn(Random random, Scrape scrape) {
    LiveMetrics live = new LiveMetrics();
    live.add(scrape);
    live.add(scrape);
    live.progress(Instant.EPOCH.plusSeconds(random.nextInt(100)))
        .ifPresent(AnswersFuzzTest::storable);
    assertThat(live.remaining(random.nextInt(1000)).orElse(Duration.ZERO))
        .isGreaterThanOrEqualTo(Duration.ZERO);
  }

  private static void storable(TrialProgress progress) {
    assertThat(progress.step()).isNotNegative();
    assertThat(progress.ratio()).isBetween(0.0, 1.0);
    assertThat(Stream.of(progress.trainLoss(), progress.checkpointAgeSeconds()))
        .allMatch(value -> value == null || Double.isFinite(value));
  }

  /** A server whose answers are drawn, and both ways to ask it. */
  private static final class Exchanges implements AutoCloseable {
    private final HostileServer server = new HostileServer();
    private final HttpExchanges exchanges = new HttpExchanges();
    private final WorkerScraper workers = new WorkerScraper(exchanges, Clock.systemUTC(), TIMEOUT);
    private final PrometheusScraper prometheus =
        new PrometheusScraper(
            exchanges,
            new AllowedHosts(List.of("127.0.0.1"), Optional.empty()),
            Clock.systemUTC(),
            TIMEOUT);

    Exchanges() throws IOException {}

    private void ask(long seed) {
      HostileAnswers answers = new HostileAnswers(seed);
      server.answer(answers.answer(server.port()));
      String host = "http://127.0.0.1:" + server.port();
      PrometheusAddress address = PrometheusAddress.of(host).orElseThrow();
      URI worker = URI.create(host);
      List<CompletableFuture<Map<String, Scrape>>> queries = new ArrayList<>();
      List<CompletableFuture<Scrape>> reports = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        queries.add(prometheus.scrape(address, "ns", "s", TRIALS));
        reports.add(workers.scrape(worker, "a"));
      }
      for (CompletableFuture<Map<String, Scrape>> query : queries) {
        Map<String, Scrape> scrapes = ended(query);
        assertThat(scrapes).containsOnlyKeys(TRIALS);
        scrapes.values().forEach(Exchanges::check);
      }
      reports.forEach(asked -> check(ended(asked)));
      assertThat(server.asked()).noneMatch(request -> request.contains(HostileAnswers.SECRET));
      server.forget();
    }

    private static <T> T ended(CompletableFuture<T> asked) {
      try {
        return asked.get(30, TimeUnit.SECONDS);
      } catch (ExecutionException | TimeoutException e) {
        throw new AssertionError("an exchange always ends, and normally", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError(e);
      }
    }

    private static void check(Scrape scrape) {
      if (scrape instanceof Scrape.Unreachable unreachable) {
        assertThat(unreachable.reason()).isNotBlank().doesNotContain(HostileAnswers.SECRET);
      }
    }

    @Override
    public void close() throws IOException {
      prometheus.close();
      exchanges.close();
      server.close();
    }
  }
}
