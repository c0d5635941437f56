package dev.isoflop.operator.collect;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Asks a Prometheus for the progress of a sweep's trials, all with one query. A trial that the
 * answer does not name is {@link Scrape.Silent}: nothing scraped yet, or no longer, is not zero.
 */
public final class PrometheusScraper implements AutoCloseable {
  private static final long ANSWER_BYTES = 64 << 10;

  /** Four series of a trial have some two thousand bytes, with labels that relabeling adds. */
  private static final long ANSWER_BYTES_PER_TRIAL = 16 << 10;

  private static final long LARGEST_ANSWER_BYTES = 16 << 20;

  private final PrometheusExchange exchange;
  private final Clock clock;

  /**
   * @param allowed hosts that may be asked
   * @param timeout for the whole of a query
   */
  public PrometheusScraper(
      HttpExchanges exchanges, AllowedHosts allowed, Clock clock, Duration timeout) {
    this(exchanges, allowed, InetAddress::getAllByName, clock, timeout);
  }

  PrometheusScraper(
      HttpExchanges exchanges,
      AllowedHosts allowed,
      PrometheusExchange.Names names,
      Clock clock,
      Duration timeout) {
    this.exchange = new PrometheusExchange(exchanges, allowed, names, timeout);
    this.clock = clock;
  }

  /** Bytes up to which an answer about some trials is read. */
  static long largestAnswer(int trials) {
    return Math.min(LARGEST_ANSWER_BYTES, ANSWER_BYTES + trials * ANSWER_BYTES_PER_TRIAL);
  }

  /** The progress of each of the trials; the future always completes normally. */
  public CompletableFuture<Map<String, Scrape>> scrape(
      PrometheusAddress prometheus, String namespace, String sweep, Set<String> trials) {
    VectorReader vector = new VectorReader(trials);
    AnswerReader limited = new SizeLimit(vector, largestAnswer(trials.size()));
    return exchange
        .ask(prometheus, new PrometheusQuery(namespace, sweep), limited)
        .handle(
            (nothing, failure) ->
                failure == null
                    ? vector.scrapes(clock.instant())
                    : unreachable(trials, Causes.describe(failure)));
  }

  /** Scrapes of trials whose Prometheus cannot be asked. */
  public Map<String, Scrape> unreachable(Set<String> trials, String reason) {
    Map<String, Scrape> scrapes = new HashMap<>();
    trials.forEach(
        trial ->
            scrapes.put(trial, new Scrape.Unreachable(clock.instant(), "Prometheus: " + reason)));
    return scrapes;
  }

  @Override
  public void close() {
    exchange.close();
  }
}
