package dev.isoflop.operator.kubernetes.observe;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.api.v1alpha1.Trial;
import dev.isoflop.operator.sweep.state.Text;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Resources of which only the metadata could be read. What is wrong with one stands in an
 * annotation that never leaves this process; such a resource has no spec, as no other has.
 */
public final class Unreadable {
  private static final String PROBLEM = "isoflop.dev/unreadable";

  /** Longest problem, in characters; texts that watches keep are no longer. */
  private static final int LONGEST = 250;

  private static final int LONGEST_VALUE = 80;

  private Unreadable() {}

  /** The problem of a resource that could not be read, or says nothing; empty if it was read. */
  public static Optional<String> problem(HasMetadata resource) {
    if (hasSpec(resource)) {
      return Optional.empty();
    }
    return Optional.ofNullable(resource.getMetadata().getAnnotations())
        .map(annotations -> annotations.get(PROBLEM))
        .or(
            () ->
                Optional.of("spec: is missing; give it, or delete the resource")
                    .filter(missing -> resource instanceof CustomResource<?, ?>));
  }

  private static boolean hasSpec(HasMetadata resource) {
    return (resource instanceof ScalingSweep sweep && sweep.getSpec() != null)
        || (resource instanceof Trial trial && trial.getSpec() != null)
        || (resource instanceof Job job && job.getSpec() != null)
        || (resource instanceof Pod pod && pod.getSpec() != null);
  }

  public static boolean is(HasMetadata resource) {
    return problem(resource).isPresent();
  }

  /** Notes on a resource without a spec what is wrong with it. */
  static void mark(HasMetadata resource, String problem) {
    Map<String, String> annotations = new HashMap<>();
    Map<String, String> present = resource.getMetadata().getAnnotations();
    if (present != null) {
      annotations.putAll(present);
    }
    annotations.put(PROBLEM, Text.clip(problem, LONGEST));
    resource.getMetadata().setAnnotations(annotations);
  }

  /** The field that could not be read, its value and the way out. */
  static String describe(JsonNode resource, Exception failure) {
    if (failure instanceof TooLargeException large) {
      return String.valueOf(large.getMessage());
    }
    JsonNode value = resource;
    StringBuilder path = new StringBuilder();
    List<JsonMappingException.Reference> references =
        failure instanceof JsonMappingException mapping ? mapping.getPath() : List.of();
    for (JsonMappingException.Reference reference : references) {
      @Nullable String name = reference.getFieldName();
      value = name == null ? value.path(reference.getIndex()) : value.path(name);
      path.append(
          name == null ? "[" + reference.getIndex() + "]" : (path.isEmpty() ? "" : ".") + name);
    }
    return path.isEmpty()
        ? "this release cannot read it; compare it with the CRD of the operator's release"
        : "%s: %s cannot be read by this release; change it, or compare the CRD with the operator's"
            .formatted(path, Text.clip(shown(value), LONGEST_VALUE));
  }

  private static String shown(JsonNode value) {
    return value.isTextual() ? "'" + value.asText() + "'" : Objects.toString(value);
  }
}
