package dev.isoflop.crd;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.api.v1alpha1.ScalingSweepSpec;
import dev.isoflop.trial.TrialJson;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CrdSchemaTest {
  private static final ObjectMapper JSON = TrialJson.MAPPER;

  static Stream<Class<? extends CustomResource<?, ?>>> resources() {
    return CrdGenerator.RESOURCES.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("resources")
  void everyFieldIsExplainedAndBounded(Class<? extends CustomResource<?, ?>> resource) {
    List<String> missing = new ArrayList<>();
    JsonNode schema = schema(resource);
    inspect(schema.path("properties").path("spec"), "spec", missing);
    inspect(schema.path("properties").path("status"), "status", missing);
    assertThat(missing).isEmpty();
  }

  private static void inspect(JsonNode node, String path, List<String> missing) {
    boolean limited = node.has("maxLength") || node.has("enum");
    boolean text = "string".equals(node.path("type").asText());
    if ((text || node.has("x-kubernetes-int-or-string")) && !limited) {
      missing.add(path + ": maxLength");
    }
    if ("array".equals(node.path("type").asText())) {
      if (!node.has("maxItems")) {
        missing.add(path + ": maxItems");
      }
      inspect(node.path("items"), path + "[]", missing);
    }
    if (node.path("additionalProperties").isObject()) {
      if (!node.has("maxProperties")) {
        missing.add(path + ": maxProperties");
      }
      inspect(node.path("additionalProperties"), path + "{}", missing);
    }
    node.path("properties")
        .properties()
        .forEach(
            property -> {
              String field = path + "." + property.getKey();
              if (property.getValue().path("description").asText().isEmpty()) {
                missing.add(field + ": description");
              }
              inspect(property.getValue(), field, missing);
            });
  }

  /**
   * An API server takes only structural schemas, and prunes what they do not name. A node that
   * keeps unknown fields keeps them whole only if it says nothing of its own about their values.
   */
  @ParameterizedTest
  @MethodSource("resources")
  void whatKeepsUnknownFieldsKeepsThemWhole(Class<? extends CustomResource<?, ?>> resource) {
    List<String> wrong = new ArrayList<>();
    List<String> open = new ArrayList<>();
    structure(schema(resource), "", wrong, open);
    assertThat(wrong).isEmpty();
    assertThat(open)
        .containsExactlyElementsOf(
            resource == ScalingSweep.class ? List.of(".spec.scheduling.podTemplate") : List.of());
  }

  private static void structure(JsonNode node, String path, List<String> wrong, List<String> open) {
    boolean keeps = node.path("x-kubernetes-preserve-unknown-fields").asBoolean();
    boolean either = node.path("x-kubernetes-int-or-string").asBoolean();
    if (keeps) {
      open.add(path);
    }
    if (node.has("additionalProperties") && (keeps || node.has("properties"))) {
      wrong.add(path + ": additionalProperties beside properties or unknown fields");
    }
    if (!either && !node.path("type").isTextual()) {
      wrong.add(path + ": no type");
    }
    boolean object = "object".equals(node.path("type").asText());
    if (object
        && !keeps
        && !node.path("additionalProperties").isObject()
        && node.path("properties").isEmpty()
        && !path.isEmpty()) {
      wrong.add(path + ": an object of which everything is pruned");
    }
    node.path("properties")
        .properties()
        .forEach(
            property ->
                structure(property.getValue(), path + "." + property.getKey(), wrong, open));
    if (node.has("items")) {
      structure(node.path("items"), path + "[]", wrong, open);
    }
    if (node.path("additionalProperties").isObject()) {
      structure(node.path("additionalProperties"), path + "{}", wrong, open);
    }
  }

  /** The API server fills in the schema's defaults, local mode the records' own. */
  @Test
  void defaultsOfSchemaAndJavaAgree() throws Exception {
    String manifest =
        """
        {"budgets": [1e17],
         "data": {"train": {"name": "a", "uri": "scenes:solid", "format": "Scenes"},
                  "evaluation": [{"name": "a", "uri": "scenes:solid", "format": "Scenes"}]}}
        """;
    JsonNode bySchema = JSON.readTree(manifest);
    applyDefaults(bySchema, schema(ScalingSweep.class).path("properties").path("spec"));
    ScalingSweepSpec byJava = JSON.readValue(manifest, ScalingSweepSpec.class);
    assertThat(JSON.readValue(bySchema.toString(), ScalingSweepSpec.class)).isEqualTo(byJava);
    JsonNode written = JSON.valueToTree(byJava);
    assertThat(sameNumbers(withoutNulls(written))).isEqualTo(sameNumbers(bySchema));
  }

  private static void applyDefaults(JsonNode value, JsonNode schema) {
    if (value.isArray()) {
      value.forEach(element -> applyDefaults(element, schema.path("items")));
    }
    if (!(value instanceof ObjectNode object)) {
      return;
    }
    schema
        .path("properties")
        .properties()
        .forEach(
            property -> {
              JsonNode fallback = property.getValue().path("default");
              if (!object.has(property.getKey()) && !fallback.isMissingNode()) {
                object.set(property.getKey(), fallback.deepCopy());
              }
              JsonNode child = object.path(property.getKey());
              applyDefaults(child, property.getValue());
            });
  }

  private static JsonNode withoutNulls(JsonNode node) {
    if (node.isArray()) {
      node.forEach(CrdSchemaTest::withoutNulls);
    }
    if (node instanceof ObjectNode object) {
      List<String> nulls = new ArrayList<>();
      object
          .properties()
          .forEach(
              field -> {
                if (field.getValue().isNull()) {
                  nulls.add(field.getKey());
                } else {
                  withoutNulls(field.getValue());
                }
              });
      object.remove(nulls);
    }
    return node;
  }

  /** Numbers compare by value, not by notation. */
  private static JsonNode sameNumbers(JsonNode node) {
    if (node.isNumber()) {
      return TextNode.valueOf(Double.toString(node.doubleValue()));
    }
    if (node instanceof ObjectNode object) {
      object.properties().forEach(field -> field.setValue(sameNumbers(field.getValue())));
    } else if (node.isArray()) {
      var array = JSON.createArrayNode();
      node.forEach(element -> array.add(sameNumbers(element)));
      return array;
    }
    return node;
  }

  private static JsonNode schema(Class<? extends CustomResource<?, ?>> resource) {
    JsonNode crd =
        Serialization.unmarshal(
            Serialization.asYaml(CrdGenerator.generate(resource)), JsonNode.class);
    return crd.path("spec").path("versions").path(0).path("schema").path("openAPIV3Schema");
  }
}
