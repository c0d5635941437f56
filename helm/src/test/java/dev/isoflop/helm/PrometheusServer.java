package dev.isoflop.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** A Prometheus that scrapes operator and worker every second, as the chart's monitors would. */
final class PrometheusServer implements AutoCloseable {
  private static final int SHOWN_SECONDS = 60;
  private static final Duration START = Duration.ofSeconds(30);

  private final Process process;
  private final int port;
  private final HttpClient client = HttpClient.newHttpClient();

  private PrometheusServer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  static PrometheusServer start(Path program, Path folder, int worker, int operator)
      throws IOException, InterruptedException {
    Path configuration =
        Files.writeString(
            folder.resolve("prometheus.yml"),
            """
            global: {scrape_interval: 1s}
            scrape_configs:
            - job_name: workers
              honor_labels: true
              static_configs: [{targets: ["127.0.0.1:%d"], labels: {namespace: scraped}}]
            - job_name: operator
              honor_labels: true
              static_configs: [{targets: ["127.0.0.1:%d"], labels: {namespace: scraped}}]
            """
                .formatted(worker, operator));
    int port = freePort();
    Process process =
        new ProcessBuilder(
                program.toString(),
                "--config.file=" + configuration,
                "--storage.tsdb.path=" + folder.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("prometheus.log").toFile())
            .start();
    PrometheusServer server = new PrometheusServer(process, port);
    server.awaitReady(folder);
    return server;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private void awaitReady(Path folder) throws IOException, InterruptedException {
    long end = System.nanoTime() + START.toNanos();
    while (process.isAlive() && System.nanoTime() < end) {
      try {
        if (get("/-/ready").statusCode() == 200) {
          return;
        }
      } catch (IOException notListeningYet) {
        Thread.sleep(50);
      }
    }
    process.destroyForcibly();
    throw new IllegalStateException(
        "Prometheus is not ready:\n" + Files.readString(folder.resolve("prometheus.log")));
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /**
   * The result of an instant query.
   *
   * @throws IllegalArgumentException if Prometheus refuses it
   */
  JsonNode query(String expression) throws IOException, InterruptedException {
    return result("/api/v1/query?query=", expression, "");
  }

  /**
   * The result of a query for every second of the last minute.
   *
   * @throws IllegalArgumentException if Prometheus refuses it
   */
  JsonNode queryRange(String expression) throws IOException, InterruptedException {
    long now = Instant.now().getEpochSecond();
    return result(
        "/api/v1/query_range?query=",
        expression,
        "&start=%d&end=%d&step=1".formatted(now - SHOWN_SECONDS, now));
  }

  private JsonNode result(String path, String expression, String range)
      throws IOException, InterruptedException {
    HttpResponse<String> response =
        get(path + URLEncoder.encode(expression, StandardCharsets.UTF_8) + range);
    if (response.statusCode() != 200) {
      throw new IllegalArgumentException(expression + ": " + response.body());
    }
    return new ObjectMapper().readTree(response.body()).at("/data/result");
  }

  @Override
  public void close() {
    process.destroy();
  }
}
