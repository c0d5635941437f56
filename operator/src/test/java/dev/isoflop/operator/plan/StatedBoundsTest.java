package dev.isoflop.operator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.isoflop.api.v1alpha1.ScalingSweepSpec;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the CRD's schema refuses for its size, the planner refuses by the same field. */
class StatedBoundsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A value beyond a bound of the schema. */
  record Beyond(String field, JsonNode value) {
    @Override
    public String toString() {
      String text = value.toString();
      return field + " = " + (text.length() > 20 ? text.length() + " characters" : text);
    }
  }

  /** Each bounded field of a spec whose parents a manifest may hold, once below and once above. */
  static Stream<Beyond> bounds() throws IOException {
    try (InputStream in =
        ScalingSweepSpec.class.getResourceAsStream(
            "/META-INF/fabric8/scalingsweeps.isoflop.dev-v1.yml")) {
      JsonNode spec =
          new YAMLMapper()
              .readTree(Objects.requireNonNull(in))
              .at("/spec/versions/0/schema/openAPIV3Schema/properties/spec");
      List<Beyond> found = new ArrayList<>();
      collect("", spec, found);
      return found.stream();
    }
  }

  private static void collect(String path, JsonNode schema, List<Beyond> found) {
    var json = JSON.getNodeFactory();
    if (schema.has("minimum")) {
      found.add(new Beyond(path, json.numberNode(schema.get("minimum").asLong() - 1)));
    }
    if (schema.has("maximum")) {
      found.add(new Beyond(path, json.numberNode(schema.get("maximum").asLong() + 1)));
    }
    if (schema.has("maxLength") && !schema.has("pattern")) {
      found.add(new Beyond(path, json.textNode("x".repeat(schema.get("maxLength").asInt() + 1))));
    }
    schema
        .path("properties")
        .properties()
        .forEach(entry -> collect(path + "/" + entry.getKey(), entry.getValue(), found));
    if (schema.has("items")) {
      collect(path + "/0", schema.get("items"), found);
    }
  }

  @ParameterizedTest
  @MethodSource("bounds")
  void thePlannerRefusesByTheSameField(Beyond beyond) throws IOException {
    ObjectNode spec = JSON.valueToTree(Specs.small().build());
    put(spec, beyond);

    PlanResult plan =
        new SweepPlanner().plan("beyond", JSON.treeToValue(spec, ScalingSweepSpec.class));

    String field = beyond.field().substring(1).replaceAll("/(\\d+)", "[$1]").replace('/', '.');
    assertThat(plan).isInstanceOf(PlanResult.Refused.class);
    assertThat(((PlanResult.Refused) plan).refusals())
        .extracting(PlanError::field)
        .anyMatch(told -> told.equals(field) || field.startsWith(told + "."));
  }

  /** Sets a value; what a parent lacks of required fields has none. */
  private static void put(ObjectNode spec, Beyond beyond) {
    List<String> steps = Arrays.asList(beyond.field().substring(1).split("/"));
    JsonNode at = spec;
    for (int i = 0; i < steps.size(); i++) {
      boolean last = i == steps.size() - 1;
      String step = steps.get(i);
      JsonNode next = at.isArray() ? at.path(Integer.parseInt(step)) : at.path(step);
      if (last || next.isMissingNode() || next.isNull()) {
        boolean list = !last && steps.get(i + 1).equals("0");
        next = last ? beyond.value() : list ? spec.arrayNode() : spec.objectNode();
        if (at instanceof ArrayNode array) {
          if (array.isEmpty()) {
            array.add(next);
          } else {
            array.set(0, next);
          }
        } else {
          ((ObjectNode) at).set(step, next);
        }
      }
      at = next;
    }
  }
}
