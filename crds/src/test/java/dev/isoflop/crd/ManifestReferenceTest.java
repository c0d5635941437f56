package dev.isoflop.crd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.isoflop.api.v1alpha1.ScalingSweep;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code docs/manifest.md} lists every field of the manifest as the CRD has it. */
class ManifestReferenceTest {
  private static final Path REFERENCE = Path.of("../docs/manifest.md");
  private static final String HEAD =
      """
      # The manifest

      Every field of a `ScalingSweep`, as `kubectl explain ssweep.spec --recursive` and `./isoflop run` know it. Fields without a
      default and without "required" are absent unless given. Fields that define the experiment are immutable once a sweep
      runs; `budgets` and `grid` may grow (all trials that exist stay, and only what was added is trained), and `suspend`,
      `scheduling`, `collection` and `laws` may change at any time.

      This page is generated from the Java types of module `crds` (see CONTRIBUTING.md).

      | field of `spec` | type | default | meaning |
      |---|---|---|---|
      """;

  @Test
  void referenceIsThatOfTheTypes() throws IOException {
    JsonNode crd =
        Serialization.unmarshal(
            Serialization.asYaml(CrdGenerator.generate(ScalingSweep.class)), JsonNode.class);
    JsonNode schema = crd.at("/spec/versions/0/schema/openAPIV3Schema/properties/spec");
    StringBuilder text = new StringBuilder(HEAD);
    rows(schema, "", text);
    if ("write".equals(System.getProperty("isoflop.golden"))) {
      Files.createDirectories(REFERENCE.getParent());
      Files.writeString(REFERENCE, text);
    }
    assertThat(text.toString()).isEqualTo(Files.readString(REFERENCE));
  }

  private static void rows(JsonNode object, String prefix, StringBuilder text) {
    List<String> required = new ArrayList<>();
    object.path("required").forEach(name -> required.add(name.asText()));
    object
        .path("properties")
        .properties()
        .forEach(
            property -> {
              JsonNode field = property.getValue();
              JsonNode entry = field.has("items") ? field.path("items") : field;
              boolean nested = entry.has("properties");
              String name = prefix + property.getKey() + (field.has("items") ? "[]" : "");
              text.append(
                  "| `%s` | %s | %s | %s |\n"
                      .formatted(
                          name,
                          type(field),
                          nested && !field.has("items")
                              ? ""
                              : fallback(field, required.contains(property.getKey())),
                          field.path("description").asText().replace("|", "\\|")));
              if (nested) {
                rows(entry, name + ".", text);
              }
            });
  }

  private static String type(JsonNode field) {
    if (field.has("enum")) {
      List<String> values = new ArrayList<>();
      field.path("enum").forEach(value -> values.add(value.asText()));
      return String.join(", ", values);
    }
    String bounds = "";
    if (field.has("minimum") && field.has("maximum")) {
      bounds = " from %s to %s".formatted(number(field, "minimum"), number(field, "maximum"));
    } else if (field.has("minimum")) {
      bounds = ", at least " + number(field, "minimum");
    }
    return switch (field.path("type").asText()) {
      case "integer" -> "whole number" + bounds;
      case "number" -> "number" + bounds;
      case "boolean" -> "true or false";
      case "array" ->
          "list of %s to %s: %s"
              .formatted(
                  field.path("minItems").asText("0"),
                  field.path("maxItems").asText(),
                  type(field.path("items")));
      case "object" -> "mapping";
      case "string" -> "text";
      default -> throw new IllegalStateException("no words for " + field);
    };
  }

  private static String number(JsonNode field, String bound) {
    double value = field.path(bound).asDouble();
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }

  private static String fallback(JsonNode field, boolean required) {
    if (field.has("default")) {
      JsonNode value = field.path("default");
      return "`" + (value.isTextual() ? value.asText() : value.toString()) + "`";
    }
    return required ? "required" : "";
  }
}
