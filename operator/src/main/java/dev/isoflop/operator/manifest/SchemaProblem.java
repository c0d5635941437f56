package dev.isoflop.operator.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonNodePath;
import com.networknt.schema.ValidationMessage;
import dev.isoflop.text.ShownUri;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One schema error in words: the field, its value, and the way out by the field's description. */
record SchemaProblem(JsonNode schema, JsonNode resource, ValidationMessage message) {
  private static final Pattern JAVA_NUMBER = Pattern.compile("(-?\\d+)(?:\\.0)?(E-?\\d+)?");

  /** More places than these tell nothing. */
  private static final int PLACES_NAMED = 3;

  /** Type of a field that takes both integers and texts. */
  private static final String INTEGER_OR_TEXT = "";

  Problem problem() {
    JsonNode field = fieldSchema();
    return switch (message.getType()) {
      case "additionalProperties" -> unknown(field);
      case "required" ->
          new Problem(
              join(path(), message.getProperty()),
              "is missing",
              "add it, " + describe(field.path("properties").path(message.getProperty())));
      case "type" ->
          new Problem(
              path(),
              "%s is %s, not %s".formatted(value(), kind(), article(field)),
              describe(field) + stringHint(field));
      case "enum" ->
          new Problem(
              path(), value() + " is not one of its values", "choose " + names(field.path("enum")));
      case "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum" ->
          new Problem(
              path(),
              value() + " is out of range",
              "give " + range(field) + ", " + describe(field));
      case "minItems", "maxItems" ->
          new Problem(
              path(),
              valueNode().size() == 1
                  ? "has 1 entry"
                  : "has %d entries".formatted(valueNode().size()),
              "give %s to %s, %s"
                  .formatted(
                      field.path("minItems").asText("0"),
                      field.path("maxItems").asText("any number"),
                      describe(field)));
      default -> new Problem(path(), value() + " does not have the right form", describe(field));
    };
  }

  /** Path of the required field that is not there, if that is the problem. */
  Optional<String> missing() {
    return message.getType().equals("required")
        ? Optional.of(join(path(), message.getProperty()))
        : Optional.empty();
  }

  /** Path of the field that an unknown one beside it is likely to stand for. */
  Optional<String> meant() {
    return message.getType().equals("additionalProperties")
        ? Spelling.nearest(message.getProperty(), known(fieldSchema()))
            .map(near -> join(path(), near))
        : Optional.empty();
  }

  private static List<String> known(JsonNode field) {
    List<String> known = new ArrayList<>();
    field.path("properties").fieldNames().forEachRemaining(known::add);
    return known;
  }

  private Problem unknown(JsonNode field) {
    String name = message.getProperty();
    List<String> known = known(field);
    List<String> places = new ArrayList<>();
    places(schema, "", name, places);
    String remedy =
        !places.isEmpty()
                && places.size() <= PLACES_NAMED
                && known.stream().noneMatch(name::equalsIgnoreCase)
            ? "it belongs to " + String.join(" or ", places)
            : Spelling.nearest(name, known)
                .map(near -> "did you mean " + near + "?")
                .orElse("its fields are " + String.join(", ", known));
    return new Problem(join(path(), name), "unknown field", remedy);
  }

  /** Paths of the fields of this name in the whole schema, status aside. */
  private static void places(JsonNode node, String path, String name, List<String> found) {
    JsonNode properties = node.path("properties");
    properties
        .fieldNames()
        .forEachRemaining(
            field -> {
              String at = join(path, field);
              if (at.equals("status")) {
                return;
              }
              if (field.equalsIgnoreCase(name)) {
                found.add(at);
              }
              places(properties.path(field), at, name, found);
              places(properties.path(field).path("items"), at + "[]", name, found);
            });
  }

  private String path() {
    JsonNodePath location = message.getInstanceLocation();
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < location.getNameCount(); i++) {
      Object element = location.getElement(i);
      if (element instanceof Integer index) {
        path.append('[').append(index).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(element);
      }
    }
    return path.toString();
  }

  private static String join(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private JsonNode fieldSchema() {
    JsonNodePath location = message.getInstanceLocation();
    JsonNode node = schema;
    for (int i = 0; i < location.getNameCount(); i++) {
      Object element = location.getElement(i);
      node =
          element instanceof Integer
              ? withDescription(node.path("items"), node)
              : property(node, element.toString());
    }
    return node;
  }

  private static JsonNode property(JsonNode node, String name) {
    JsonNode property = node.path("properties").path(name);
    return property.isMissingNode() ? node.path("additionalProperties") : property;
  }

  /** An entry of a list is described by the list. */
  private static JsonNode withDescription(JsonNode items, JsonNode list) {
    if (items instanceof ObjectNode object && !object.has("description")) {
      return object.deepCopy().set("description", list.path("description"));
    }
    return items;
  }

  private JsonNode valueNode() {
    JsonNodePath location = message.getInstanceLocation();
    JsonNode node = resource;
    for (int i = 0; i < location.getNameCount(); i++) {
      Object element = location.getElement(i);
      node = element instanceof Integer index ? node.path(index) : node.path(element.toString());
    }
    return node;
  }

  private String value() {
    JsonNode value = valueNode();
    return value.isTextual() ? "'" + ShownUri.of(value.asText()) + "'" : number(value.toString());
  }

  /** Numbers as users write them: {@code 8e9} rather than {@code 8.0E9}. */
  private static String number(String text) {
    Matcher number = JAVA_NUMBER.matcher(text);
    if (!number.matches()) {
      return text;
    }
    String exponent = number.group(2);
    return number.group(1) + (exponent == null ? "" : exponent.toLowerCase(Locale.ROOT));
  }

  private String kind() {
    return switch (valueNode().getNodeType()) {
      case STRING -> "text";
      case NUMBER -> "a number";
      case BOOLEAN -> "true or false";
      case ARRAY -> "a list";
      case NULL -> "empty";
      case OBJECT, POJO -> "a mapping";
      case BINARY, MISSING -> "nothing";
    };
  }

  private static String article(JsonNode field) {
    return switch (field.path("type").asText(INTEGER_OR_TEXT)) {
      case INTEGER_OR_TEXT -> "a whole number or text";
      case "integer" -> "a whole number";
      case "number" -> "a plain number";
      case "string" -> "text";
      case "boolean" -> "true or false";
      case "array" -> "a list";
      case "object" -> "a mapping";
      default -> "of the type expected";
    };
  }

  private String stringHint(JsonNode field) {
    boolean number = List.of("number", "integer").contains(field.path("type").asText());
    if (number && valueNode().isTextual()) {
      return "; write it without a unit or quotes";
    }
    return field.path("type").isArray() && valueNode().isNumber() ? "; put it in quotes" : "";
  }

  private static String describe(JsonNode field) {
    String text =
        field.has("description")
            ? "expected: " + field.path("description").asText()
            : "compare it with docs/manifest.md";
    return text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
  }

  private static String names(JsonNode values) {
    List<String> names = new ArrayList<>();
    values.forEach(value -> names.add(value.asText()));
    return names.stream().collect(Collectors.joining(", "));
  }

  private static String range(JsonNode field) {
    String from = number(field.path("minimum").asText(""));
    String to = number(field.path("maximum").asText(""));
    if (to.isEmpty()) {
      return "at least " + from;
    }
    return from.isEmpty() ? "at most " + to : "from " + from + " to " + to;
  }
}
