package dev.isoflop.worker.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.isoflop.api.v1alpha1.status.ProgressReport;
import dev.isoflop.trial.OutcomeReason;
import dev.isoflop.trial.TrialJson;
import dev.isoflop.worker.fault.TrialFault;
import io.prometheus.metrics.exporter.httpserver.MetricsHandler;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * Serves {@code /metrics} to Prometheus, {@link ProgressReport#PATH} to the operator, and {@code
 * /healthz}. Whoever asks and does not go on keeps a thread for some seconds, and no longer.
 */
public final class MetricsServer implements AutoCloseable {
  private static final int THREADS = 4;

  /** Longest time of a request, and of an answer, in the JDK's server, which has none by itself. */
  private static final int SECONDS = 5;

  static {
    // read when the first server of a process is made
    System.setProperty("sun.net.httpserver.maxReqTime", Integer.toString(SECONDS));
    System.setProperty("sun.net.httpserver.maxRspTime", Integer.toString(SECONDS));
  }

  private final HttpServer server;
  private final ExecutorService executor;

  private MetricsServer(HttpServer server, ExecutorService executor) {
    this.server = server;
    this.executor = executor;
  }

  /**
   * Starts serving.
   *
   * @param port served on all interfaces; 0 takes any free one, which only this machine is told of
   *     and may ask: it is served on the loopback interface alone
   * @param progress asked by each request
   * @throws TrialFault if the port is taken
   */
  public static MetricsServer start(
      int port, PrometheusRegistry registry, Supplier<ProgressReport> progress) throws TrialFault {
    HttpServer server;
    try {
      server = HttpServer.create(address(port), 0);
    } catch (BindException e) {
      throw TrialFault.lasting(
          OutcomeReason.PortInUse,
          "runtime.metricsPort: port %d cannot be bound (%s); stop what listens there, choose another"
                  .formatted(port, e.getMessage())
              + " port, or 0 for any free one",
          e);
    } catch (IOException e) {
      throw TrialFault.passing(
          OutcomeReason.Crashed, "runtime.metricsPort: port " + port + ": " + e, e);
    }
    ExecutorService executor =
        Executors.newFixedThreadPool(
            THREADS,
            task -> {
              Thread thread = new Thread(task, "isoflop-metrics");
              thread.setDaemon(true);
              return thread;
            });
    server.setExecutor(executor);
    server.createContext("/metrics", new MetricsHandler(registry));
    server.createContext(
        ProgressReport.PATH,
        exchange ->
            answer(
                exchange, "application/json", TrialJson.MAPPER.writeValueAsBytes(progress.get())));
    server.createContext(
        "/healthz",
        exchange ->
            answer(
                exchange, "text/plain; charset=utf-8", "ok\n".getBytes(StandardCharsets.US_ASCII)));
    server.start();
    return new MetricsServer(server, executor);
  }

  private static InetSocketAddress address(int port) {
    return port == 0
        ? new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)
        : new InetSocketAddress(port);
  }

  private static void answer(HttpExchange exchange, String type, byte[] body) throws IOException {
    try (exchange) {
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  /** The address that is really served; any for all. */
  InetAddress address() {
    return server.getAddress().getAddress();
  }

  /** The port that is really served. */
  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    executor.shutdownNow();
  }
}
