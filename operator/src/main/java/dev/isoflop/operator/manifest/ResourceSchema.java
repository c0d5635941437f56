package dev.isoflop.operator.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import io.fabric8.kubernetes.client.CustomResource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The schema of a resource as its CRD states it. A CRD's schema is OpenAPI 3: read as JSON Schema
 * it lacks only that fields it does not name are errors.
 */
public final class ResourceSchema {
  private static final ObjectMapper YAML = new YAMLMapper();

  private final JsonNode schema;
  private final JsonSchema validator;

  private ResourceSchema(JsonNode schema) {
    this.schema = schema;
    this.validator =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7)
            .getSchema(schema, SchemaValidatorsConfig.builder().typeLoose(false).build());
  }

  /** The schema of a resource whose CRD lies among the module's files. */
  public static ResourceSchema of(Class<? extends CustomResource<?, ?>> resource) {
    String file = "/META-INF/fabric8/" + CustomResource.getCRDName(resource) + "-v1.yml";
    try (InputStream in = resource.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("module isoflop-crds lacks " + file);
      }
      JsonNode schema =
          YAML.readTree(in)
              .path("spec")
              .path("versions")
              .path(0)
              .path("schema")
              .path("openAPIV3Schema");
      close(schema);
      ObjectNode properties = (ObjectNode) schema.path("properties");
      properties.putObject("apiVersion").put("type", "string");
      properties.putObject("kind").put("type", "string");
      properties.putObject("metadata").put("type", "object");
      return new ResourceSchema(schema);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void close(JsonNode schema) {
    if (schema instanceof ObjectNode object) {
      boolean open = object.path("x-kubernetes-preserve-unknown-fields").asBoolean();
      if (object.has("properties") && !open && !object.has("additionalProperties")) {
        object.put("additionalProperties", false);
      }
      if (object.path("x-kubernetes-int-or-string").asBoolean()) {
        object.remove(List.of("type", "anyOf"));
        object.putArray("type").add("integer").add("string");
      }
      object.remove("default");
      List<String> extensions = new ArrayList<>();
      object.fieldNames().forEachRemaining(extensions::add);
      extensions.removeIf(name -> !name.startsWith("x-kubernetes-"));
      object.remove(extensions);
    }
    schema.forEach(ResourceSchema::close);
  }

  /** The schema of the resource's status. */
  public JsonNode status() {
    return schema.path("properties").path("status");
  }

  /**
   * The resource without the fields of the schema that are null, which an API server takes for
   * absent. What the schema leaves open, such as a pod template, stays as it is.
   */
  public JsonNode withoutNulls(JsonNode resource) {
    JsonNode copy = resource.deepCopy();
    removeNulls(copy, schema);
    return copy;
  }

  private static void removeNulls(JsonNode value, JsonNode schema) {
    JsonNode properties = schema.path("properties");
    if (value instanceof ObjectNode object) {
      List<String> absent = new ArrayList<>();
      object.fieldNames().forEachRemaining(absent::add);
      absent.removeIf(name -> !properties.has(name) || !object.path(name).isNull());
      object.remove(absent);
      object
          .fieldNames()
          .forEachRemaining(name -> removeNulls(object.path(name), properties.path(name)));
    }
    if (value.isArray()) {
      value.forEach(item -> removeNulls(item, schema.path("items")));
    }
  }

  /** Problems that the schema finds, ordered by field. */
  public List<Problem> check(JsonNode resource) {
    List<SchemaProblem> found =
        validator.validate(resource).stream()
            .map(message -> new SchemaProblem(schema, resource, message))
            .toList();
    List<String> misspelt = found.stream().flatMap(problem -> problem.meant().stream()).toList();
    return found.stream()
        .filter(problem -> problem.missing().filter(misspelt::contains).isEmpty())
        .map(SchemaProblem::problem)
        .distinct()
        .sorted(Comparator.comparing(Problem::field))
        .toList();
  }
}
