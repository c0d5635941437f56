package dev.isoflop.operator.collect;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;

/**
 * Sends queries to allowed hosts and to no others. A name is looked up once, all that it leads to
 * is checked, and the connection goes to an address that was checked: a name that leads elsewhere a
 * moment later gains nothing.
 */
final class PrometheusExchange implements AutoCloseable {
  private static final String PATH = "/api/v1/query";
  private static final int LOOKUPS = 4;

  /** The addresses of a name. It waits for name servers, and no timeout ends that. */
  @FunctionalInterface
  interface Names {
    InetAddress[] of(String name) throws UnknownHostException;
  }

  private final HttpExchanges exchanges;
  private final AllowedHosts allowed;
  private final Names names;
  private final Duration timeout;
  private final ExecutorService lookups =
      Executors.newFixedThreadPool(LOOKUPS, PrometheusExchange::thread);

  /**
   * @param timeout for the whole of a query, from the name to the last byte
   */
  PrometheusExchange(HttpExchanges exchanges, AllowedHosts allowed, Names names, Duration timeout) {
    this.exchanges = exchanges;
    this.allowed = allowed;
    this.names = names;
    this.timeout = timeout;
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "isoflop-lookup");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Asks a query and lets the reader take in the answer. A name that is not known in time is not
   * asked, but the query is over only when its lookup is: it holds one of few threads until then,
   * and whoever begins another in its place would leave none to others.
   */
  CompletableFuture<Void> ask(
      PrometheusAddress address, PrometheusQuery query, AnswerReader reader) {
    CompletableFuture<InetAddress> ip = new CompletableFuture<>();
    long end = System.nanoTime() + timeout.toNanos();
    lookups.execute(
        () -> {
          try {
            ip.complete(lookUp(address));
          } catch (UnreadableAnswerException | UnknownHostException | RuntimeException e) {
            ip.completeExceptionally(e);
          }
        });
    return ip.thenCompose(
        found -> {
          Duration left = Duration.ofNanos(end - System.nanoTime());
          return left.isNegative() || left.isZero()
              ? CompletableFuture.failedFuture(new TimeoutException())
              : exchanges.ask(request(address, found), query.form(), reader, left);
        });
  }

  private InetAddress lookUp(PrometheusAddress address)
      throws UnreadableAnswerException, UnknownHostException {
    String name =
        allowed
            .name(address)
            .orElseThrow(
                () -> new UnreadableAnswerException("its host is not one that may be asked"));
    InetAddress[] found = names.of(name);
    for (InetAddress ip : found) {
      if (!allowed.permits(ip)) {
        throw new UnreadableAnswerException(
            "its host has a loopback, link-local or metadata address, which is not asked");
      }
    }
    return found[0];
  }

  private static RequestOptions request(PrometheusAddress address, InetAddress ip) {
    return new RequestOptions()
        .setMethod(HttpMethod.POST)
        .setServer(SocketAddress.inetSocketAddress(new InetSocketAddress(ip, address.port())))
        .setHost(address.host())
        .setPort(address.port())
        .setSsl(address.tls())
        .setURI(address.path() + PATH)
        .putHeader("Accept", "application/json")
        .putHeader("Content-Type", "application/x-www-form-urlencoded");
  }

  @Override
  public void close() {
    lookups.shutdownNow();
  }
}
