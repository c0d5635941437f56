package dev.isoflop.worker.data.remote;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingDeque;

/**
 * A server of one file, which a test can make misbehave: each request takes the next of the
 * behaviours that were asked for, and serves well when there is none left.
 */
public final class FileServer implements AutoCloseable {
  /** What may go wrong with an answer. */
  @FunctionalInterface
  public interface Behaviour {
    void answer(FileServer server, HttpExchange exchange) throws IOException;
  }

  /** Sends so many bytes of what was asked for and breaks the connection. */
  static Behaviour dropAfter(int bytes) {
    return (server, exchange) -> {
      byte[] body = server.start(exchange);
      exchange.getResponseBody().write(body, 0, Math.min(bytes, body.length));
      exchange.getResponseBody().flush();
      throw new IOException("the connection breaks");
    };
  }

  static Behaviour status(int status) {
    return (server, exchange) -> exchange.sendResponseHeaders(status, -1);
  }

  private final HttpServer http;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final LinkedBlockingDeque<Behaviour> next = new LinkedBlockingDeque<>();
  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
  private volatile byte[] content;
  private volatile String etag = "\"one\"";
  private volatile boolean ranges = true;

  public FileServer(byte[] content) throws IOException {
    this.content = content;
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.setExecutor(threads);
    http.createContext("/", this::handle);
    http.start();
  }

  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + http.getAddress().getPort() + path);
  }

  void next(Behaviour... behaviours) {
    next.addAll(List.of(behaviours));
  }

  void withoutRanges() {
    ranges = false;
  }

  void change(byte[] other, String tag) {
    content = other;
    etag = tag;
  }

  /** What was asked for: the method and the Range, if any. */
  List<String> requests() {
    return List.copyOf(requests);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String range = exchange.getRequestHeaders().getFirst("Range");
      requests.add(exchange.getRequestMethod() + (range == null ? "" : " " + range));
      Behaviour behaviour = next.poll();
      if (behaviour != null) {
        behaviour.answer(this, exchange);
      } else if (etag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
        exchange.sendResponseHeaders(304, -1);
      } else {
        byte[] body = start(exchange);
        if (body.length > 0) {
          exchange.getResponseBody().write(body);
        }
      }
    }
  }

  /** Sends the head of a good answer; returns the body that belongs to it. */
  byte[] start(HttpExchange exchange) throws IOException {
    if (!etag.isEmpty()) {
      exchange.getResponseHeaders().set("ETag", etag);
    }
    String range = exchange.getRequestHeaders().getFirst("Range");
    byte[] body = content;
    int status = 200;
    if (range != null && ranges && etag.equals(exchange.getRequestHeaders().getFirst("If-Range"))) {
      int from = Integer.parseInt(range.replaceAll("\\D", ""));
      body = java.util.Arrays.copyOfRange(content, from, content.length);
      status = 206;
      exchange
          .getResponseHeaders()
          .set(
              "Content-Range",
              "bytes %d-%d/%d".formatted(from, content.length - 1, content.length));
    }
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    return body;
  }

  /** Stops answering; the port refuses connections. */
  void stop() {
    http.stop(0);
  }

  @Override
  public void close() {
    http.stop(0);
    threads.shutdownNow();
  }
}
