package dev.isoflop.helm;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A Grafana dashboard of the chart. */
record Dashboard(String file, JsonNode json) {
  private static final Path FOLDER = Chart.FOLDER.resolve("dashboards");

  /** A query of a panel. */
  record Query(String dashboard, String panel, String expression) {
    /** The expression as Grafana sends it, with the variables filled in. */
    String with(Map<String, String> variables) {
      String filled = expression;
      for (Map.Entry<String, String> variable : variables.entrySet()) {
        filled = filled.replace("$" + variable.getKey(), variable.getValue());
      }
      return filled;
    }

    @Override
    public String toString() {
      return dashboard + ", " + panel + ": " + expression;
    }
  }

  static List<Dashboard> all() throws IOException {
    List<Dashboard> dashboards = new ArrayList<>();
    try (Stream<Path> files = Files.list(FOLDER)) {
      for (Path file : files.sorted().toList()) {
        dashboards.add(
            new Dashboard(file.getFileName().toString(), Chart.YAML.readTree(file.toFile())));
      }
    }
    return dashboards;
  }

  @Override
  public String toString() {
    return file;
  }

  /** Panels that show something: all but the rows. */
  List<JsonNode> panels() {
    List<JsonNode> panels = new ArrayList<>();
    for (JsonNode panel : json.get("panels")) {
      if (!"row".equals(panel.get("type").asText())) {
        panels.add(panel);
      }
    }
    return panels;
  }

  List<Query> queries() {
    List<Query> queries = new ArrayList<>();
    for (JsonNode panel : panels()) {
      for (JsonNode target : panel.get("targets")) {
        queries.add(new Query(file, panel.get("title").asText(), target.get("expr").asText()));
      }
    }
    return queries;
  }

  /** The series that the choices of a variable are read from, and the label that holds them. */
  List<Query> variableQueries() {
    List<Query> queries = new ArrayList<>();
    for (JsonNode variable : json.at("/templating/list")) {
      if ("query".equals(variable.get("type").asText())) {
        String definition = variable.get("definition").asText();
        int label = definition.lastIndexOf(", ");
        queries.add(
            new Query(
                file,
                variable.get("name").asText(),
                "count by (%s) (%s)"
                    .formatted(
                        definition.substring(label + 2, definition.length() - 1),
                        definition.substring("label_values(".length(), label))));
      }
    }
    return queries;
  }
}
