package dev.isoflop.operator.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What an API server does to a resource before it stores it: fields without a place in the schema
 * are dropped. After {@code k8s.io/apiextensions-apiserver/pkg/apiserver/schema/pruning}.
 */
final class Pruning {
  private Pruning() {}

  /** Drops from a value what the schema does not name; the paths of what was dropped. */
  static List<String> prune(JsonNode value, JsonNode schema, String path) {
    List<String> dropped = new ArrayList<>();
    prune(value, schema, path, dropped);
    return dropped;
  }

  private static void prune(JsonNode value, JsonNode schema, String path, List<String> dropped) {
    if (value.isArray()) {
      for (int i = 0; i < value.size(); i++) {
        prune(value.get(i), schema.path("items"), path + "[" + i + "]", dropped);
      }
    } else if (value instanceof ObjectNode object) {
      boolean keeps = schema.path("x-kubernetes-preserve-unknown-fields").asBoolean();
      for (Map.Entry<String, JsonNode> entry : List.copyOf(object.properties())) {
        String name = entry.getKey();
        JsonNode property = schema.path("properties").path(name);
        if (property.isMissingNode()) {
          property = schema.path("additionalProperties");
        }
        if (property.isObject()) {
          prune(entry.getValue(), property, path + "." + name, dropped);
        } else if (!keeps) {
          object.remove(name);
          dropped.add(path + "." + name);
        }
      }
    }
  }
}
