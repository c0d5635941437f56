package dev.isoflop.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The chart in its folder, and its renderings. */
final class Chart {
  static final Path FOLDER = Path.of("isoflop").toAbsolutePath();
  static final YAMLMapper YAML = new YAMLMapper();

  private static final String KUBERNETES = "1.34.0";

  private Chart() {}

  static Helm helm() {
    return new Helm(FOLDER);
  }

  /** A rendering to be given values, as release "isoflop" in namespace "research". */
  static TemplateCommand template() {
    return helm()
        .template()
        .withName("isoflop")
        .withNamespace("research")
        .withKubeVersion(KUBERNETES);
  }

  /** Each resource of a rendering. */
  static List<JsonNode> resources(String rendering) throws IOException {
    try (MappingIterator<JsonNode> documents =
        YAML.readerFor(JsonNode.class).readValues(rendering)) {
      return documents.readAll().stream().filter(JsonNode::isObject).toList();
    }
  }

  /** The resources of one kind. */
  static List<JsonNode> ofKind(String rendering, String kind) throws IOException {
    return resources(rendering).stream()
        .filter(resource -> kind.equals(resource.path("kind").asText()))
        .toList();
  }
}
