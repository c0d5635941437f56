package dev.isoflop.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Locale;

/** Manifests and other documents as they are shown: their URIs without what is secret. */
public final class ShownTree {
  private ShownTree() {}

  /** A copy of a document with every URI as {@link ShownUri} shows it; the given one stays. */
  public static JsonNode of(JsonNode document) {
    return of("", document);
  }

  private static JsonNode of(String name, JsonNode node) {
    if (node instanceof ObjectNode object) {
      ObjectNode shown = object.objectNode();
      object.properties().forEach(it -> shown.set(it.getKey(), of(it.getKey(), it.getValue())));
      return shown;
    }
    if (node instanceof ArrayNode array) {
      ArrayNode shown = array.arrayNode();
      array.forEach(entry -> shown.add(of(name, entry)));
      return shown;
    }
    if (!node.isTextual()) {
      return node;
    }
    String text = node.textValue();
    return TextNode.valueOf(namesUri(name) ? ShownUri.of(text) : ShownUri.in(text));
  }

  private static boolean namesUri(String field) {
    String lower = field.toLowerCase(Locale.ROOT);
    return lower.endsWith("uri") || lower.endsWith("url");
  }
}
