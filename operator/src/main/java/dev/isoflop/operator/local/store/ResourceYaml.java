package dev.isoflop.operator.local.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.isoflop.text.ShownTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Resources as the YAML files of a run. Fields that this version does not know are passed over: a
 * newer version may have written the folder.
 */
public final class ResourceYaml {
  private static final ObjectMapper MAPPER =
      YAMLMapper.builder()
          // an API server takes no null for a field, and no reader of a manifest does
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_NULL, JsonInclude.Include.USE_DEFAULTS))
          .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
          .disable(YAMLGenerator.Feature.SPLIT_LINES)
          .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
          .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private ResourceYaml() {}

  static byte[] write(Object resource) {
    try {
      return MAPPER.writeValueAsBytes(resource);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("resources can always be written as YAML", e);
    }
  }

  /** The resource for people: its URIs without what is secret in them. */
  static byte[] shown(Object resource) {
    return write(ShownTree.of(MAPPER.valueToTree(resource)));
  }

  /** Reads a resource; throws {@link IOException} also for a file that is no such resource. */
  public static <T> T read(Path file, Class<T> type) throws IOException {
    T resource = MAPPER.readValue(Files.readAllBytes(file), type);
    if (resource == null) {
      throw new IOException("the file is empty");
    }
    return resource;
  }
}
