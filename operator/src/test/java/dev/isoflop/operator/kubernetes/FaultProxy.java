package dev.isoflop.operator.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * Stands between an operator and its API server and spoils what passes: hangs up, answers with
 * errors, loses answers, cuts watches, and brings their events late or twice.
 */
public final class FaultProxy implements AutoCloseable {

  /** What becomes of a request that is no watch. */
  public enum Fault {
    None,
    TooManyRequests,
    InternalError,
    Unavailable,
    HangUp,
    /** The API server does what is asked; nobody hears of it. */
    LoseAnswer
  }

  private static final String GONE =
      "{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Failure\",\"message\":\"too"
          + " old resource version\",\"reason\":\"Expired\",\"code\":410}}\n";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpClient http;
  private final URI target;
  private final Config direct;
  private final Set<HttpExchange> watches = ConcurrentHashMap.newKeySet();
  private final AtomicInteger spoiled = new AtomicInteger();

  private volatile boolean away;
  private volatile Function<String, Fault> faults = request -> Fault.None;
  private volatile Duration late = Duration.ZERO;
  private volatile boolean twice;

  public FaultProxy(Config direct) throws IOException {
    this.direct = direct;
    target = URI.create(direct.getMasterUrl());
    try {
      http =
          HttpClient.newBuilder().sslContext(SSLUtils.sslContext(direct)).executor(threads).build();
    } catch (GeneralSecurityException e) {
      throw new IOException("the client's certificates cannot be used", e);
    }
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::serve);
    server.start();
  }

  /** A client whose calls pass through here. */
  public KubernetesClient client() {
    Config config =
        new ConfigBuilder(Config.empty())
            .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort())
            .withNamespace(direct.getNamespace())
            .withOnlyHttpWatches(true)
            .withRequestTimeout(5_000)
            .build();
    return new KubernetesClientBuilder().withConfig(config).build();
  }

  /** Nobody answers, and every connection is cut. */
  public void goAway() {
    away = true;
    cutWatches();
  }

  public void comeBack() {
    away = false;
  }

  /**
   * Chooses a fault for every request that is no watch.
   *
   * @param choice by method and path
   */
  public void spoil(Function<String, Fault> choice) {
    faults = choice;
  }

  /** Events of watches arrive so much later. */
  public void delayEvents(Duration by) {
    late = by;
  }

  /** Events of watches arrive twice. */
  public void repeatEvents() {
    twice = true;
  }

  /** Ends all watches, half of them by saying that their version is too old. */
  public void cutWatches() {
    List<HttpExchange> open = List.copyOf(watches);
    watches.removeAll(open);
    for (HttpExchange watch : open) {
      spoiled.incrementAndGet();
      try {
        if (spoiled.get() % 2 == 0 && !away) {
          watch.getResponseBody().write(GONE.getBytes(UTF_8));
          watch.getResponseBody().flush();
        }
      } catch (IOException closed) {
        // it is to be cut anyway
      } finally {
        watch.close();
      }
    }
  }

  /** Requests and watches that came to harm. */
  public int spoiled() {
    return spoiled.get();
  }

  private void serve(HttpExchange exchange) throws IOException {
    String query = exchange.getRequestURI().getRawQuery();
    boolean watch = query != null && query.contains("watch=true");
    Fault fault =
        away
            ? Fault.HangUp
            : watch
                ? Fault.None
                : faults.apply(
                    exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath());
    if (fault != Fault.None) {
      spoiled.incrementAndGet();
    }
    switch (fault) {
      case HangUp -> exchange.close();
      case TooManyRequests -> {
        exchange.getResponseHeaders().set("Retry-After", "1");
        refuse(exchange, 429, "TooManyRequests");
      }
      case InternalError -> refuse(exchange, 500, "InternalError");
      case Unavailable -> refuse(exchange, 503, "ServiceUnavailable");
      case LoseAnswer -> {
        forward(exchange).body().close();
        exchange.close();
      }
      case None -> pass(exchange, watch);
    }
  }

  private static void refuse(HttpExchange exchange, int status, String reason) throws IOException {
    byte[] body =
        "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Failure\",\"reason\":\"%s\",\"message\":\"spoiled\",\"code\":%d}"
            .formatted(reason, status)
            .getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private HttpResponse<InputStream> forward(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(target.resolve(exchange.getRequestURI().toString()))
            .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
    for (String header : new String[] {"Content-Type", "Accept"}) {
      String value = exchange.getRequestHeaders().getFirst(header);
      if (value != null) {
        request.header(header, value);
      }
    }
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the test ends", e);
    }
  }

  private void pass(HttpExchange exchange, boolean watch) throws IOException {
    HttpResponse<InputStream> answer = forward(exchange);
    exchange
        .getResponseHeaders()
        .set("Content-Type", answer.headers().firstValue("Content-Type").orElse(""));
    try (InputStream body = answer.body()) {
      if (watch && answer.statusCode() == 200) {
        exchange.sendResponseHeaders(200, 0);
        watches.add(exchange);
        events(body, exchange.getResponseBody());
      } else {
        byte[] bytes = body.readAllBytes();
        exchange.sendResponseHeaders(answer.statusCode(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
      }
    } catch (IOException cut) {
      // by the other side, or by the test
    } finally {
      watches.remove(exchange);
      exchange.close();
    }
  }

  private void events(InputStream from, OutputStream to) throws IOException {
    BufferedReader reader = new BufferedReader(new InputStreamReader(from, UTF_8));
    for (String event = reader.readLine(); event != null; event = reader.readLine()) {
      try {
        Thread.sleep(late.toMillis());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      for (int i = 0; i < (twice ? 2 : 1); i++) {
        to.write((event + "\n").getBytes(UTF_8));
      }
      to.flush();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
