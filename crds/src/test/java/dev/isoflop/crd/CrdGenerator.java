package dev.isoflop.crd;

import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.api.v1alpha1.Trial;
import dev.isoflop.api.v1alpha1.bounds.Bounds;
import dev.isoflop.api.v1alpha1.bounds.Quantities;
import io.fabric8.crdv2.generator.CRDGenerator;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaPropsOrBool;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes the CRD of a resource from its Java types: Fabric8's generator, then what it cannot say.
 *
 * <ul>
 *   <li>columns in the order a reader wants (the generator sorts them by path);
 *   <li>conditions as a list keyed by type, so that server-side apply merges them;
 *   <li>each rule once;
 *   <li>bounds and descriptions for Kubernetes' own Condition type;
 *   <li>amounts of resources as Kubernetes writes them;
 *   <li>documents of other APIs without a schema of their own, so that nothing of them is pruned.
 * </ul>
 */
final class CrdGenerator {
  /** Every resource, with its columns in order. */
  static final Map<Class<? extends CustomResource<?, ?>>, List<String>> RESOURCES =
      Map.of(
          ScalingSweep.class,
          List.of(
              "STATUS",
              "TRIALS",
              "FAILED",
              "N-EXP",
              "D-EXP",
              "ETA",
              "AGE",
              "R2",
              "DEVICE-H",
              "QUEUE",
              "MESSAGE"),
          Trial.class,
          List.of("STATUS", "BUDGET", "PARAMS", "TOKENS", "LOSS", "FID", "ATTEMPT", "AGE"));

  private static final Map<String, String> CONDITION_FIELDS =
      Map.of(
          "type", "What the condition is about.",
          "status", "True, False or Unknown.",
          "reason", "Why, for programs.",
          "message", "Why, for people.",
          "observedGeneration", "Generation of the spec that the condition is about.",
          "lastTransitionTime", "When the status last changed.");

  /** Kinds of resources that a worker may ask for. */
  private static final long MOST_RESOURCES = 32;

  private CrdGenerator() {}

  /** The file name of a resource's CRD among the module's resources. */
  static String fileName(Class<? extends CustomResource<?, ?>> resource) {
    return CustomResource.getCRDName(resource) + "-v1.yml";
  }

  static CustomResourceDefinition generate(Class<? extends CustomResource<?, ?>> resource) {
    try {
      Path folder = Files.createTempDirectory("crd");
      new CRDGenerator()
          .customResourceClasses(resource)
          .forCRDVersions("v1")
          .inOutputDir(folder.toFile())
          .detailedGenerate();
      Path file = folder.resolve(fileName(resource));
      CustomResourceDefinition crd =
          Serialization.unmarshal(Files.readString(file), CustomResourceDefinition.class);
      Files.delete(file);
      Files.delete(folder);
      return finish(crd, RESOURCES.getOrDefault(resource, List.of()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static CustomResourceDefinition finish(
      CustomResourceDefinition crd, List<String> columnOrder) {
    crd.getMetadata().setLabels(new TreeMap<>(Map.of("app.kubernetes.io/part-of", "isoflop")));
    var version = crd.getSpec().getVersions().get(0);
    List<CustomResourceColumnDefinition> columns =
        version.getAdditionalPrinterColumns().stream()
            .sorted(Comparator.comparingInt(column -> position(columnOrder, column.getName())))
            .toList();
    version.setAdditionalPrinterColumns(columns);
    JSONSchemaProps schema = version.getSchema().getOpenAPIV3Schema();
    schema.setDescription(crd.getSpec().getNames().getKind() + " of Isoflop.");
    schema.setRequired(List.of("spec"));
    JSONSchemaProps status = schema.getProperties().get("status");
    keyConditions(status.getProperties().get("conditions"));
    schema.getProperties().get("spec").setDescription("What is wanted.");
    status.setDescription("What is known; written by the operator.");
    dropRepeatedRules(schema);
    keepWhole(schema);
    JSONSchemaProps resources = at(schema, "spec", "scheduling", "resources");
    if (resources != null) {
      resources.setMaxProperties(MOST_RESOURCES);
      resources.setAdditionalProperties(new JSONSchemaPropsOrBool(null, quantity()));
    }
    return crd;
  }

  private static @Nullable JSONSchemaProps at(JSONSchemaProps schema, String... path) {
    JSONSchemaProps found = schema;
    for (String name : path) {
      found =
          found == null || found.getProperties() == null ? null : found.getProperties().get(name);
    }
    return found;
  }

  private static JSONSchemaProps quantity() {
    JSONSchemaProps quantity = new JSONSchemaProps();
    quantity.setDescription(
        "A Kubernetes quantity such as 8, 500m or 32Gi, as in {cpu: 8, memory: 32Gi}.");
    quantity.setXKubernetesIntOrString(true);
    quantity.setAnyOf(List.of(ofType("integer"), ofType("string")));
    quantity.setPattern(Quantities.PATTERN);
    quantity.setMaxLength((long) Quantities.LONGEST);
    quantity.setMinimum(0.0);
    return quantity;
  }

  private static JSONSchemaProps ofType(String type) {
    JSONSchemaProps schema = new JSONSchemaProps();
    schema.setType(type);
    return schema;
  }

  /**
   * An API server prunes the values of a mapping by the schema of its values, also where unknown
   * fields are kept: {@code additionalProperties: {type: object}} empties each of them.
   */
  private static void keepWhole(JSONSchemaProps schema) {
    if (Boolean.TRUE.equals(schema.getXKubernetesPreserveUnknownFields())) {
      schema.setAdditionalProperties(null);
    }
    if (schema.getProperties() != null) {
      schema.getProperties().values().forEach(CrdGenerator::keepWhole);
    }
    if (schema.getItems() != null && schema.getItems().getSchema() != null) {
      keepWhole(schema.getItems().getSchema());
    }
    if (schema.getAdditionalProperties() != null
        && schema.getAdditionalProperties().getSchema() != null) {
      keepWhole(schema.getAdditionalProperties().getSchema());
    }
  }

  /** A rule on a record component is seen twice: on its field and on its accessor. */
  private static void dropRepeatedRules(JSONSchemaProps schema) {
    var rules = schema.getXKubernetesValidations();
    if (rules != null) {
      schema.setXKubernetesValidations(List.copyOf(new LinkedHashSet<>(rules)));
    }
    if (schema.getProperties() != null) {
      schema.getProperties().values().forEach(CrdGenerator::dropRepeatedRules);
    }
    if (schema.getItems() != null && schema.getItems().getSchema() != null) {
      dropRepeatedRules(schema.getItems().getSchema());
    }
  }

  private static int position(List<String> order, String name) {
    int position = order.indexOf(name);
    if (position < 0) {
      throw new IllegalStateException("column " + name + " has no place in " + order);
    }
    return position;
  }

  private static void keyConditions(JSONSchemaProps conditions) {
    conditions.setXKubernetesListType("map");
    conditions.setXKubernetesListMapKeys(List.of("type"));
    JSONSchemaProps item = conditions.getItems().getSchema();
    item.setRequired(List.of("type", "status"));
    item.getProperties()
        .forEach(
            (name, property) -> {
              property.setDescription(CONDITION_FIELDS.get(name));
              if ("string".equals(property.getType())) {
                property.setMaxLength(
                    name.equals("message") ? (long) Bounds.MESSAGE : (long) Bounds.CONDITION_WORD);
              }
            });
  }

  /** The CRD as YAML, keys in the order of the Kubernetes API's own types. */
  static String yaml(CustomResourceDefinition crd) {
    return "# Generated from the Java types of module crds; see CONTRIBUTING.md.\n"
        + Serialization.asYaml(crd).replaceFirst("^---\n", "");
  }
}
