package dev.isoflop.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.api.v1alpha1.Trial;
import dev.isoflop.operator.kubernetes.reconcile.OperatorMetrics;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The meters of an operator, told of a sweep in a file, and served as Quarkus serves them. */
final class ShownOperator implements AutoCloseable {
  private final OperatorMetrics metrics;
  private final HttpServer server;

  private ShownOperator(OperatorMetrics metrics, HttpServer server) {
    this.metrics = metrics;
    this.server = server;
  }

  /** A turn that takes no time and changes nothing. */
  private static final class Turn implements Metrics.ControllerExecution<String> {
    @Override
    public String controllerName() {
      return "scalingsweep";
    }

    @Override
    public String successTypeName(String result) {
      return result;
    }

    @Override
    public ResourceID resourceID() {
      return new ResourceID("small", "research");
    }

    @Override
    public Map<String, Object> metadata() {
      return Map.of();
    }

    @Override
    public String name() {
      return "reconcile";
    }

    @Override
    public String execute() {
      return "resource";
    }
  }

  @SuppressWarnings("deprecation") // Quarkus serves its metrics from this registry.
  static ShownOperator start(JsonNode resources) throws IOException {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    OperatorMetrics metrics = new OperatorMetrics(registry);
    metrics.leading(true);
    List<Trial> trials = new ArrayList<>();
    for (JsonNode trial : resources.get("trials")) {
      trials.add(Chart.YAML.treeToValue(trial, Trial.class));
    }
    metrics
        .sweeps()
        .show(Chart.YAML.treeToValue(resources.get("sweep"), ScalingSweep.class), trials);

    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    Supplier<String> text = registry::scrape;
    server.createContext(
        "/metrics",
        exchange -> {
          byte[] page = text.get().getBytes(StandardCharsets.UTF_8);
          try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
          }
        });
    server.start();
    return new ShownOperator(metrics, server);
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** Another turn is done. */
  void turn() throws Exception {
    metrics.timeControllerExecution(new Turn());
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
