package dev.isoflop.operator.kubernetes.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Function;
import javax.net.ssl.SSLContext;

/** An API server that has an empty list for every call, or refuses it. */
final class AnsweringServer implements AutoCloseable {
  private final HttpServer server;

  /** How a call is refused. */
  record Refusal(int code, String message) {}

  private AnsweringServer(HttpServer server, Function<String, Optional<Refusal>> refusals) {
    this.server = server;
    server.createContext(
        "/",
        exchange -> {
          Optional<Refusal> refusal = refusals.apply(exchange.getRequestURI().getPath());
          String text =
              refusal
                  .map(
                      told ->
                          Serialization.asJson(
                              new StatusBuilder()
                                  .withCode(told.code())
                                  .withMessage(told.message())
                                  .build()))
                  .orElse("{\"apiVersion\": \"v1\", \"kind\": \"List\", \"items\": []}");
          byte[] body = text.getBytes(UTF_8);
          try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(refusal.map(Refusal::code).orElse(200), body.length);
            exchange.getResponseBody().write(body);
          }
        });
    server.start();
  }

  /**
   * A server without encryption.
   *
   * @param refusals by the path of a call
   */
  static AnsweringServer plain(Function<String, Optional<Refusal>> refusals) throws IOException {
    return new AnsweringServer(HttpServer.create(anyPort(), 0), refusals);
  }

  /** One with a certificate that nobody signed, and no refusals. */
  static AnsweringServer encrypted(SSLContext certificate) throws IOException {
    HttpsServer server = HttpsServer.create(anyPort(), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(certificate));
    return new AnsweringServer(server, path -> Optional.empty());
  }

  private static InetSocketAddress anyPort() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  /** Its address but for the scheme. */
  String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
