package dev.isoflop.helm;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What Grafana would draw: its own transformations, matchers and units, by {@code
 * src/test/grafana/panels.cjs}.
 */
final class GrafanaPanels {
  private static final Path FOLDER = Path.of("src/test/grafana").toAbsolutePath();
  private static final ObjectMapper JSON = new ObjectMapper();

  private GrafanaPanels() {}

  /**
   * A series of a panel.
   *
   * @param show points or lines; empty where the kind of panel leaves no choice
   * @param x empty where the kind of panel has no such axis
   * @param text its values, or where there are two axes those of x, as they are written
   */
  record Drawn(String name, String show, List<Double> x, List<Double> y, List<String> text) {}

  /** Asks Prometheus for the series of a target. */
  interface Source {
    JsonNode result(JsonNode target, Dashboard.Query query)
        throws IOException, InterruptedException;
  }

  /** Why nothing can be drawn on this machine; empty if it can. */
  static Optional<String> missing() {
    if (Programs.find("node").isEmpty()) {
      return Optional.of("no node on the PATH; install the package nodejs");
    }
    return Files.isDirectory(FOLDER.resolve("node_modules/@grafana/data"))
        ? Optional.empty()
        : Optional.of("no @grafana/data; run 'npm ci --ignore-scripts' in helm/src/test/grafana");
  }

  /** The series of each panel, by the panel's title and, where two have the same, its number. */
  static Map<String, List<Drawn>> of(Dashboard dashboard, Source source)
      throws IOException, InterruptedException {
    ArrayNode input = JSON.createArrayNode();
    for (JsonNode panel : dashboard.panels()) {
      ObjectNode one = input.addObject();
      one.set("panel", panel);
      ArrayNode results = one.putArray("results");
      for (JsonNode target : panel.get("targets")) {
        Dashboard.Query query =
            new Dashboard.Query(
                dashboard.file(), panel.get("title").asText(), target.get("expr").asText());
        ObjectNode result = results.addObject();
        result.set("refId", target.get("refId"));
        result.set("series", source.result(target, query));
      }
    }
    Map<String, List<Drawn>> drawn = new LinkedHashMap<>();
    for (JsonNode panel : JSON.readTree(node(JSON.writeValueAsBytes(input)))) {
      List<Drawn> series = new ArrayList<>();
      for (JsonNode one : panel.get("drawn")) {
        series.add(
            new Drawn(
                one.get("name").asText(),
                one.path("show").asText(),
                numbers(one.path("x")),
                numbers(one.get("y")),
                texts(one.get("text"))));
      }
      String title = panel.get("title").asText();
      drawn.put(drawn.containsKey(title) ? title + " (2)" : title, series);
    }
    return drawn;
  }

  private static byte[] node(byte[] input) throws IOException, InterruptedException {
    Path said = Files.createTempFile("panels", ".err");
    try {
      Process process =
          new ProcessBuilder(Programs.find("node").orElseThrow().toString(), "panels.cjs")
              .directory(FOLDER.toFile())
              .redirectError(said.toFile())
              .start();
      try (var stdin = process.getOutputStream()) {
        stdin.write(input);
      }
      byte[] output = process.getInputStream().readAllBytes();
      if (process.waitFor() != 0) {
        throw new AssertionError(Files.readString(said, UTF_8));
      }
      return output;
    } finally {
      Files.delete(said);
    }
  }

  private static List<Double> numbers(JsonNode array) {
    List<Double> numbers = new ArrayList<>();
    array.forEach(number -> numbers.add(number.asDouble()));
    return numbers;
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }
}
