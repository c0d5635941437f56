package dev.isoflop.operator.cli.laws;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What 'fit' prints can be read wherever a sweep's status can. */
class LawSheetKeysTest {
  private static final String CRD = "/META-INF/fabric8/scalingsweeps.isoflop.dev-v1.yml";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @Test
  void keysAreThoseOfTheStatus() throws IOException {
    JsonNode status;
    try (InputStream crd = LawSheetKeysTest.class.getResourceAsStream(CRD)) {
      status =
          new YAMLMapper()
              .readTree(crd)
              .at("/spec/versions/0/schema/openAPIV3Schema/properties/status/properties");
    }
    Set<String> ofStatus = new TreeSet<>();
    for (String part : new String[] {"budgets", "laws", "predictions"}) {
      collect(part, status.get(part), ofStatus);
    }
    Set<String> ofSheet = new TreeSet<>();
    collect("", MAPPER.constructType(LawSheet.class), ofSheet);
    ofSheet.removeIf(key -> key.startsWith("fit"));

    assertThat(ofStatus).hasSizeGreaterThan(60).contains("laws.surface.alpha");
    assertThat(ofSheet).isEqualTo(ofStatus);
  }

  private static void collect(String path, JsonNode schema, Set<String> keys) {
    keys.add(path);
    JsonNode properties =
        schema.has("items") ? schema.at("/items/properties") : schema.path("properties");
    properties
        .properties()
        .forEach(property -> collect(path + "." + property.getKey(), property.getValue(), keys));
  }

  private static void collect(String path, JavaType type, Set<String> keys) {
    JavaType value = type.isCollectionLikeType() ? type.getContentType() : type;
    if (!path.isEmpty()) {
      keys.add(path);
    }
    if (!value.getRawClass().getName().startsWith("dev.isoflop") || value.isEnumType()) {
      return;
    }
    for (BeanPropertyDefinition property :
        MAPPER.getSerializationConfig().introspect(value).findProperties()) {
      collect(
          path.isEmpty() ? property.getName() : path + "." + property.getName(),
          property.getPrimaryType(),
          keys);
    }
  }
}
