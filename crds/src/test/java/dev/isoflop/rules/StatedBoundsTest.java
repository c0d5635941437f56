package dev.isoflop.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.isoflop.api.v1alpha1.ScalingSweepSpec;
import dev.isoflop.trial.TrialExperiment;
import dev.isoflop.trial.TrialJson;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever the schemas of the CRDs refuse of a sweep's spec, as the planner reads it, and of an
 * experiment, as the worker reads it, is refused by the same field; what lies on a bound is not.
 */
class StatedBoundsTest {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String DATA =
      """
      {"train": {"name": "a", "uri": "/a.tar", "format": "WebDataset"},
       "evaluation": [{"name": "b", "uri": "/b.tar", "format": "WebDataset"}]}\
      """;
  private static final String SHAPE = "{\"layers\": 1, \"width\": 4}";
  private static final String SWEEP =
      """
      {"budgets": [1e17], "grid": {"shapes": [%s, %s, %s]}, "model": {}, "training": {}, "evaluation": {},
       "scheduling": {}, "storage": {}, "collection": {}, "laws": {}, "data": %s}\
      """
          .formatted(SHAPE, SHAPE, SHAPE, DATA);
  private static final String EXPERIMENT =
      """
      {"budgetFlops": 1e10, "flopConvention": "Analytic", "steps": 10, "repeat": 0,
       "shape": {"architecture": "InContext", "layers": 2, "width": 16, "headDimension": 16,
         "patchSize": 4, "imageSize": 32, "channels": 3, "textTokens": 32, "textWidth": 64},
       "training": {}, "evaluation": {}, "data": %s}\
      """
          .formatted(DATA);

  /**
   * A value of a field on a bound of the schema or just beyond it.
   *
   * @param path JSON pointer within the spec
   * @param value missing to leave the field out
   */
  record Trial(Class<? extends Record> type, String spec, String path, JsonNode value) {
    @Override
    public String toString() {
      String text = value.toString();
      return "%s %s = %s"
          .formatted(
              type.getSimpleName(),
              path,
              text.length() > 20 ? "%d characters of JSON".formatted(text.length()) : text);
    }

    /** The rules that the spec breaks at the field. */
    List<BrokenRule> broken() throws IOException {
      ObjectNode changed = (ObjectNode) TrialJson.MAPPER.readTree(spec);
      put(changed, List.of(path.substring(1).split("/")));
      String field = path.substring(1).replaceAll("/(\\d+)", "[$1]").replace('/', '.');
      try {
        return StatedBounds.broken(TrialJson.MAPPER.treeToValue(changed, type)).stream()
            .filter(rule -> rule.field().equals(field))
            .toList();
      } catch (MismatchedInputException e) { // a number that cannot be absent
        assertThat(e.getPath().get(e.getPath().size() - 1).getFieldName())
            .isEqualTo(field.substring(field.lastIndexOf('.') + 1));
        return List.of(BrokenRule.missing(field, "give a number"));
      }
    }

    /** Sets the value, and makes the parents that the spec lacks. */
    private void put(JsonNode at, List<String> steps) {
      String step = steps.get(0);
      boolean last = steps.size() == 1;
      JsonNode next = at.isArray() ? at.path(Integer.parseInt(step)) : at.path(step);
      if (last) {
        next = value;
      } else if (next.isMissingNode()) {
        next = steps.get(1).equals("0") ? JSON.arrayNode() : JSON.objectNode();
      }
      if (at instanceof ArrayNode array && array.isEmpty()) {
        array.add(next);
      } else if (at instanceof ArrayNode array) {
        array.set(0, next);
      } else if (next.isMissingNode()) {
        ((ObjectNode) at).remove(step);
      } else {
        ((ObjectNode) at).set(step, next);
      }
      if (!last) {
        put(next, steps.subList(1, steps.size()));
      }
    }
  }

  private static Stream<Walk> schemas() throws IOException {
    Walk sweep = new Walk(ScalingSweepSpec.class, SWEEP);
    sweep.collect("", schema("scalingsweeps", "spec"));
    Walk experiment = new Walk(TrialExperiment.class, EXPERIMENT);
    experiment.collect("", schema("trials", "spec/properties/experiment"));
    return Stream.of(sweep, experiment);
  }

  private static JsonNode schema(String resource, String part) throws IOException {
    String file = "/META-INF/fabric8/" + resource + ".isoflop.dev-v1.yml";
    try (InputStream in = ScalingSweepSpec.class.getResourceAsStream(file)) {
      return new YAMLMapper()
          .readTree(Objects.requireNonNull(in))
          .at("/spec/versions/0/schema/openAPIV3Schema/properties/" + part);
    }
  }

  static Stream<Trial> beyond() throws IOException {
    return schemas().flatMap(schema -> schema.beyond.stream());
  }

  static Stream<Trial> at() throws IOException {
    return schemas().flatMap(schema -> schema.at.stream());
  }

  /** The bounds of a schema, and a spec that lies within them. */
  private record Walk(
      Class<? extends Record> type, String spec, List<Trial> beyond, List<Trial> at) {
    Walk(Class<? extends Record> type, String spec) {
      this(type, spec, new ArrayList<>(), new ArrayList<>());
    }

    /** Shapes are left out: they refuse dimensions that do not fit as soon as they are made. */
    private void collect(String path, JsonNode schema) {
      if (path.equals("/shape")) {
        return;
      }
      number(path, schema, "minimum", -1);
      number(path, schema, "maximum", 1);
      if (schema.has("pattern")) {
        beyond.add(trial(path, JSON.textNode("?")));
      } else {
        size(path, schema, "minLength", "maxLength", size -> JSON.textNode("x".repeat(size)));
      }
      JsonNode item = item(schema.path("items"));
      size(path, schema, "minItems", "maxItems", size -> items(item, size));
      schema.path("required").forEach(name -> missing(path + "/" + name.asText()));
      schema
          .path("properties")
          .properties()
          .forEach(entry -> collect(path + "/" + entry.getKey(), entry.getValue()));
      if (schema.has("items")) {
        collect(path + "/0", schema.path("items"));
      }
    }

    private Trial trial(String path, JsonNode value) {
      return new Trial(type, spec, path, value);
    }

    private void missing(String path) {
      beyond.add(trial(path, JSON.missingNode()));
    }

    private void number(String path, JsonNode schema, String bound, int further) {
      if (schema.has(bound)) {
        long value = schema.path(bound).asLong();
        beyond.add(trial(path, JSON.numberNode(value + further)));
        at.add(trial(path, JSON.numberNode(value)));
      }
    }

    private void size(
        String path, JsonNode schema, String least, String most, IntFunction<JsonNode> of) {
      if (schema.path(least).asInt(0) > 0) {
        beyond.add(trial(path, of.apply(schema.path(least).asInt() - 1)));
        at.add(trial(path, of.apply(schema.path(least).asInt())));
      }
      if (schema.has(most)) {
        beyond.add(trial(path, of.apply(schema.path(most).asInt() + 1)));
        at.add(trial(path, of.apply(schema.path(most).asInt())));
      }
    }
  }

  private static Trial sweep(String path, JsonNode value) {
    return new Trial(ScalingSweepSpec.class, SWEEP, path, value);
  }

  private static JsonNode item(JsonNode schema) {
    return switch (schema.path("type").asText()) {
      case "object" -> {
        ObjectNode object = JSON.objectNode();
        schema
            .path("required")
            .forEach(
                name ->
                    object.set(name.asText(), item(schema.path("properties").path(name.asText()))));
        yield object;
      }
      case "number", "integer" -> JSON.numberNode(1);
      default -> schema.has("enum") ? schema.path("enum").path(0) : JSON.textNode("x");
    };
  }

  private static JsonNode items(JsonNode item, int size) {
    ArrayNode items = JSON.arrayNode();
    for (int i = 0; i < size; i++) {
      items.add(item);
    }
    return items;
  }

  @ParameterizedTest
  @MethodSource("beyond")
  void whatLiesBeyondIsRefused(Trial trial) throws IOException {
    assertThat(trial.broken()).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("at")
  void whatLiesOnABoundIsAccepted(Trial trial) throws IOException {
    assertThat(trial.broken()).isEmpty();
  }

  @Test
  void everySortOfBoundIsFound() throws IOException {
    assertThat(beyond())
        .extracting(trial -> trial.type().getSimpleName() + trial.path())
        .contains(
            "ScalingSweepSpec/budgets/0",
            "ScalingSweepSpec/data/train/uri",
            "ScalingSweepSpec/data/train/latents/kind",
            "ScalingSweepSpec/storage/path",
            "ScalingSweepSpec/evaluation/featureExtractor/mean",
            "TrialExperiment/steps",
            "TrialExperiment/data/train/latents/kind",
            "TrialExperiment/training/checkpointInterval");
  }

  @Test
  void numbersAreFinite() throws IOException {
    for (double value : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      for (String path : Arrays.asList("/grid/centre/exponent", "/data/autoencoder/shift")) {
        assertThat(sweep(path, JSON.numberNode(value)).broken()).hasSize(1);
      }
    }
  }

  @Test
  void aProblemNamesTheValueAndTheWayOutAndNoSecret() throws IOException {
    assertThat(
            sweep("/collection/prometheusUrl", JSON.textNode("https://me:word@host/?a=b"))
                .broken()
                .get(0)
                .message())
        .startsWith(
            "collection.prometheusUrl: 'https://host/?…' does not have the right form; give")
        .doesNotContain("word", "a=b");
    assertThat(sweep("/grid/repeats", JSON.numberNode(17)).broken())
        .extracting(BrokenRule::message)
        .containsExactly("grid.repeats: is 17; give 1 to 16");
    assertThat(sweep("/budgets/0", JSON.nullNode()).broken())
        .extracting(BrokenRule::message)
        .containsExactly("budgets[0]: is missing; give it, or remove the item");
  }
}
