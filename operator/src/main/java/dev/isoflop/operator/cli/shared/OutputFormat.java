package dev.isoflop.operator.cli.shared;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.List;

/** Output format of a command; the names are what users write. */
public enum OutputFormat {
  table,
  json,
  yaml;

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .addModule(new PortableNumbers())
          .build();
  private static final ObjectMapper YAML =
      YAMLMapper.builder()
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .disable(YAMLGenerator.Feature.SPLIT_LINES)
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
          .addModule(new PortableNumbers())
          .build();

  /** Whether people rather than programs read it. */
  public boolean forPeople() {
    return this == table;
  }

  /** The lines of a document; for {@link #table} the caller draws its own. */
  public List<String> document(Object value) {
    try {
      return switch (this) {
        case table -> throw new IllegalStateException("a table is not a document");
        case json -> JSON.writeValueAsString(value).lines().toList();
        case yaml -> YAML.writeValueAsString(value).lines().toList();
      };
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("results can always be written", e);
    }
  }
}
