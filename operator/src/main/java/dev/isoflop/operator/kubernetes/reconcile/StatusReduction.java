package dev.isoflop.operator.kubernetes.reconcile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.api.v1alpha1.ScalingSweepStatus;
import dev.isoflop.api.v1alpha1.Trial;
import dev.isoflop.api.v1alpha1.TrialStatus;
import dev.isoflop.operator.manifest.ResourceSchema;
import dev.isoflop.operator.sweep.state.Text;
import dev.isoflop.trial.TrialJson;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * A status cut down to what its schema takes, whatever went wrong when it was made: texts and lists
 * are shortened, and what does not fit at all is left out. A number that is none takes the object
 * that holds it along, so that it is not read back as zero; a count of the status itself, which
 * nothing holds, becomes the nearest one that the schema takes.
 */
final class StatusReduction {
  /** The least room for a text that is shortened in words. */
  private static final int WORDS = 64;

  private static final Map<Class<?>, JsonNode> SCHEMAS = new ConcurrentHashMap<>();

  private StatusReduction() {}

  static ScalingSweepStatus of(ScalingSweepStatus status) {
    return reduce(status, ScalingSweepStatus.class, ScalingSweep.class);
  }

  static TrialStatus of(TrialStatus status) {
    return reduce(status, TrialStatus.class, Trial.class);
  }

  private static <T> T reduce(
      T status, Class<T> type, Class<? extends CustomResource<?, ?>> resource) {
    JsonNode schema =
        SCHEMAS.computeIfAbsent(resource, unknown -> ResourceSchema.of(resource).status());
    ObjectNode reduced = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> field : TrialJson.MAPPER.valueToTree(status).properties()) {
      JsonNode rules = schema.path("properties").path(field.getKey());
      reduce(field.getValue(), rules)
          .or(() -> nearest(field.getValue(), rules))
          .ifPresent(value -> reduced.set(field.getKey(), value));
    }
    try {
      return TrialJson.MAPPER.treeToValue(reduced, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("what a status was written as can be read as one", e);
    }
  }

  /** The bound that a whole number lies beyond. */
  private static Optional<JsonNode> nearest(JsonNode value, JsonNode schema) {
    if (!value.isIntegralNumber()) {
      return Optional.empty();
    }
    return Optional.of(
        value.doubleValue() < schema.path("minimum").asDouble(Double.NEGATIVE_INFINITY)
            ? schema.path("minimum")
            : schema.path("maximum"));
  }

  /** The part of a value that the schema takes; empty if it takes nothing. */
  private static Optional<JsonNode> reduce(JsonNode value, JsonNode schema) {
    return switch (value.getNodeType()) {
      case OBJECT -> object(value, schema);
      case ARRAY -> Optional.of(array(value, schema));
      case STRING -> text(value.asText(), schema);
      case NUMBER -> Optional.of(value).filter(number -> fits(number.doubleValue(), schema));
      case NULL, MISSING -> Optional.empty();
      case BOOLEAN, BINARY, POJO -> Optional.of(value);
    };
  }

  private static Optional<JsonNode> object(JsonNode value, JsonNode schema) {
    ObjectNode kept = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> field : value.properties()) {
      Optional<JsonNode> reduced =
          reduce(field.getValue(), schema.path("properties").path(field.getKey()));
      if (reduced.isPresent()) {
        kept.set(field.getKey(), reduced.get());
      } else if (field.getValue().isNumber()) {
        return Optional.empty();
      }
    }
    boolean whole = true;
    for (JsonNode name : schema.path("required")) {
      whole &= kept.has(name.asText());
    }
    return whole ? Optional.of(kept) : Optional.empty();
  }

  private static JsonNode array(JsonNode value, JsonNode schema) {
    ArrayNode kept = JsonNodeFactory.instance.arrayNode();
    int most = schema.path("maxItems").asInt(Integer.MAX_VALUE);
    for (JsonNode item : value) {
      if (kept.size() < most) {
        reduce(item, schema.path("items")).ifPresent(kept::add);
      }
    }
    return kept;
  }

  private static Optional<JsonNode> text(String text, JsonNode schema) {
    int longest = schema.path("maxLength").asInt(Integer.MAX_VALUE);
    if (schema.has("pattern")
        && !Pattern.compile(schema.path("pattern").asText()).matcher(text).find()) {
      return Optional.empty();
    }
    if (text.length() <= longest) {
      return Optional.of(TextNode.valueOf(text));
    }
    return longest < WORDS
        ? Optional.empty()
        : Optional.of(TextNode.valueOf(Text.clip(text, longest)));
  }

  private static boolean fits(double number, JsonNode schema) {
    return Double.isFinite(number)
        && number >= schema.path("minimum").asDouble(Double.NEGATIVE_INFINITY)
        && number <= schema.path("maximum").asDouble(Double.POSITIVE_INFINITY);
  }
}
