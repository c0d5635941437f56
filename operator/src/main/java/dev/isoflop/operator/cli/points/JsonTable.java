package dev.isoflop.operator.cli.points;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A table as JSON: an array of objects, or one object a line; keys are the columns. */
final class JsonTable {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          // not finite is said of the cell, with its place, as in other tables
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .build();

  private JsonTable() {}

  static boolean looksLike(String text) {
    String start = text.stripLeading();
    return start.startsWith("[") || start.startsWith("{");
  }

  static TableText parse(String text, String source) throws InvalidTableException {
    List<JsonNode> entries = entries(text, source);
    Set<String> header = new LinkedHashSet<>();
    for (int i = 0; i < entries.size(); i++) {
      if (!entries.get(i).isObject()) {
        throw invalid(
            "%s: entry %d is not an object; give an array of objects, one for each trained model"
                .formatted(source, i + 1));
      }
      entries.get(i).fieldNames().forEachRemaining(header::add);
    }
    if (header.isEmpty()) {
      throw invalid(source + ": is empty; give an array of objects, one for each trained model");
    }
    if (header.contains("laws")) {
      throw invalid(
          source + ": holds fitted laws, not points; give the table that they were fitted to");
    }
    if (entries.size() == 1) {
      single(entries.get(0), source);
    }
    List<TableText.Row> rows = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      JsonNode entry = entries.get(i);
      rows.add(
          new TableText.Row(
              "entry " + (i + 1), header.stream().map(name -> cell(entry.get(name))).toList()));
    }
    return new TableText(List.copyOf(header), rows);
  }

  /** One object may be one row; one that holds lists or objects holds a table of another form. */
  private static void single(JsonNode entry, String source) throws InvalidTableException {
    for (Map.Entry<String, JsonNode> field : entry.properties()) {
      if (field.getValue().isContainerNode()) {
        throw invalid(
            "%s: is one object whose '%s' holds %s; a table in JSON is an array of objects, one for each trained model, such as pandas writes with orient='records'"
                .formatted(
                    source, field.getKey(), field.getValue().isArray() ? "an array" : "an object"));
      }
    }
  }

  private static List<JsonNode> entries(String text, String source) throws InvalidTableException {
    try (MappingIterator<JsonNode> values = MAPPER.readerFor(JsonNode.class).readValues(text)) {
      List<JsonNode> entries = values.readAll();
      if (entries.size() == 1 && entries.get(0).isArray()) {
        List<JsonNode> elements = new ArrayList<>();
        entries.get(0).forEach(elements::add);
        return elements;
      }
      return entries;
    } catch (JsonProcessingException e) {
      throw invalid(
          "%s: is not valid JSON (%s); fix it"
              .formatted(source, e.getOriginalMessage().lines().findFirst().orElse("")));
    } catch (IOException e) {
      throw invalid("%s: cannot be read (%s)".formatted(source, e.getMessage()));
    }
  }

  private static String cell(JsonNode value) {
    return value == null || value.isNull() ? "" : value.isValueNode() ? value.asText() : "nested";
  }

  private static InvalidTableException invalid(String problem) {
    return new InvalidTableException(List.of(problem));
  }
}
