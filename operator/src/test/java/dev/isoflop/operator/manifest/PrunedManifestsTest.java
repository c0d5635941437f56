package dev.isoflop.operator.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.isoflop.api.v1alpha1.ScalingSweep;
import io.fabric8.kubernetes.client.CustomResource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An API server stores every manifest that is written down anywhere as it is written. */
class PrunedManifestsTest {
  private static final Path ROOT = Path.of("..");
  private static final ObjectMapper YAML = new YAMLMapper();
  private static final Pattern BLOCK =
      Pattern.compile("^```ya?ml\\n(.*?)^```", Pattern.DOTALL | Pattern.MULTILINE);

  /** Where pieces of a manifest begin that a page shows alone. */
  private static final List<String> BEGINNINGS =
      List.of("", "/properties/spec", "/properties/spec/properties/data");

  /** A manifest or a piece of one, and where it stands. */
  record Piece(String place, JsonNode text, JsonNode schema) {
    @Override
    public String toString() {
      return place;
    }
  }

  private static JsonNode schema() throws IOException {
    String file = "/META-INF/fabric8/" + CustomResource.getCRDName(ScalingSweep.class) + "-v1.yml";
    try (InputStream in = Objects.requireNonNull(ScalingSweep.class.getResourceAsStream(file))) {
      return YAML.readTree(in).at("/spec/versions/0/schema/openAPIV3Schema");
    }
  }

  static List<Piece> pieces() throws IOException {
    List<Piece> pieces = new ArrayList<>();
    for (Path file : files(ROOT.resolve("examples"), ".yaml")) {
      add(file.toString(), Files.readString(file), pieces);
    }
    List<Path> pages = new ArrayList<>(files(ROOT.resolve("docs"), ".md"));
    pages.add(ROOT.resolve("README.md"));
    for (Path page : pages) {
      String text = Files.readString(page);
      Matcher block = BLOCK.matcher(text);
      while (block.find()) {
        long line = text.substring(0, block.start()).lines().count() + 1;
        add(page + ":" + line, block.group(1), pieces);
      }
    }
    return pieces;
  }

  private static List<Path> files(Path folder, String end) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(end)).sorted().toList();
    }
  }

  private static void add(String place, String text, List<Piece> pieces) throws IOException {
    try (MappingIterator<JsonNode> documents = YAML.readerFor(JsonNode.class).readValues(text)) {
      while (documents.hasNext()) {
        JsonNode document = documents.next();
        String kind = document.path("kind").asText("ScalingSweep");
        for (String beginning : BEGINNINGS) {
          JsonNode schema = schema().at(beginning);
          if (kind.equals("ScalingSweep") && begins(document, schema)) {
            pieces.add(new Piece(place, document, schema));
            break;
          }
        }
      }
    }
  }

  private static boolean begins(JsonNode document, JsonNode schema) {
    List<String> names = new ArrayList<>();
    document.fieldNames().forEachRemaining(names::add);
    names.removeAll(List.of("apiVersion", "kind", "metadata"));
    return !names.isEmpty() && names.stream().allMatch(schema.path("properties")::has);
  }

  @Test
  void examplesAndPagesAreFound() throws IOException {
    assertThat(pieces())
        .extracting(Piece::place)
        .anyMatch(place -> place.endsWith("quickstart.yaml"))
        .anyMatch(place -> place.contains("README.md"))
        .anyMatch(place -> place.contains("operations.md"))
        .anyMatch(place -> place.contains("data.md"));
  }

  @ParameterizedTest
  @MethodSource("pieces")
  void nothingOfAPieceIsDropped(Piece piece) {
    List<String> dropped = Pruning.prune(piece.text().deepCopy(), piece.schema(), "");
    dropped.removeAll(List.of(".apiVersion", ".kind", ".metadata"));
    assertThat(dropped).as(piece.place()).isEmpty();
  }

  /** Whatever a template holds reaches the pod. */
  @Test
  void aTemplateIsStoredWhole() throws IOException {
    String template =
        """
        metadata: {labels: {team: vision}}
        spec:
          nodeSelector: {accelerator: h100}
          tolerations: [{key: nvidia.com/gpu, operator: Exists}]
          volumes: [{name: data, hostPath: {path: /data}}]
          containers: [{name: worker, volumeMounts: [{name: data, mountPath: /data}]}]
        """;
    JsonNode written = YAML.readTree(template);
    JsonNode stored = written.deepCopy();
    JsonNode place = schema().at("/properties/spec/properties/scheduling/properties/podTemplate");
    assertThat(Pruning.prune(stored, place, "")).isEmpty();
    assertThat(stored).isEqualTo(written);
  }
}
