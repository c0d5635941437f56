package dev.isoflop.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.api.v1alpha1.Trial;
import dev.isoflop.operator.meters.OperatorMeters;
import dev.isoflop.operator.meters.SweepMeters;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The meters of an operator, told of a sweep in a file, and served as Quarkus serves them. */
final class ShownOperator implements AutoCloseable {
  private final OperatorMeters meters;
  private final HttpServer server;

  private ShownOperator(OperatorMeters meters, HttpServer server) {
    this.meters = meters;
    this.server = server;
  }

  @SuppressWarnings("deprecation") // Quarkus serves its metrics from this registry.
  static ShownOperator start(JsonNode resources) throws IOException {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    OperatorMeters meters = new OperatorMeters(registry);
    meters.leading(true);
    List<Trial> trials = new ArrayList<>();
    for (JsonNode trial : resources.get("trials")) {
      trials.add(Chart.YAML.treeToValue(trial, Trial.class));
    }
    new SweepMeters(registry)
        .show(Chart.YAML.treeToValue(resources.get("sweep"), ScalingSweep.class), trials);

    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    Supplier<String> text = registry::scrape;
    server.createContext(
        "/q/metrics",
        exchange -> {
          byte[] page = text.get().getBytes(StandardCharsets.UTF_8);
          try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
          }
        });
    server.start();
    return new ShownOperator(meters, server);
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** Another round of reconciliations is done. */
  void reconcile() {
    meters.reconciled("ScalingSweep", true, Duration.ofMillis(3));
    meters.reconciled("Trial", true, Duration.ofMillis(30));
    meters.reconciled("Trial", false, Duration.ofMillis(300));
    meters.started(Duration.ofMinutes(2));
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
