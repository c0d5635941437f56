package dev.isoflop.operator.admission;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.isoflop.operator.plan.PlanError;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The pod template of a manifest, which lies under what the operator sets. */
public final class PodTemplates {
  /** Name of the container that trains. */
  public static final String CONTAINER = "worker";

  /** Each Job of a sweep holds the template. */
  private static final int MOST_KIBIBYTES = 64;

  private static final String FIELD = "scheduling.podTemplate";
  private static final ObjectMapper MAPPER = JsonMapper.builder().build();
  private static final PodModel MODEL = new PodModel(MAPPER);

  private PodTemplates() {}

  /**
   * Why a template cannot be used; empty if it can.
   *
   * @param policy of the installation; empty where it is not known, and what it decides passes
   */
  public static List<PlanError> problems(
      @Nullable Map<String, Object> template, Optional<PodPolicy> policy) {
    if (template == null) {
      return List.of();
    }
    JsonNode tree = MAPPER.valueToTree(template);
    int kibibytes = (tree.toString().getBytes(StandardCharsets.UTF_8).length + 1023) / 1024;
    if (kibibytes > MOST_KIBIBYTES) {
      return List.of(
          new PlanError.TemplateInvalid(
              FIELD,
              "takes %d KiB as JSON".formatted(kibibytes),
              "give at most %d KiB; long scripts and files belong into a config map"
                  .formatted(MOST_KIBIBYTES)));
    }
    List<PlanError> problems = MODEL.problems(FIELD, tree, PodTemplateSpec.class);
    return problems.isEmpty()
        ? Stream.concat(
                beside(read(template)).stream(),
                TemplateRules.problems(new Place(FIELD, tree), policy).stream())
            .limit(PodModel.MOST_PROBLEMS)
            .toList()
        : problems;
  }

  /** Refuses what an installation has to allow first. */
  public static List<PlanError> leftToInstallations(@Nullable Map<String, Object> template) {
    List<PlanError> anywhere = problems(template, Optional.empty());
    return problems(template, Optional.of(PodPolicy.STANDARD)).stream()
        .filter(refusal -> !anywhere.contains(refusal))
        .toList();
  }

  private static List<PlanError> beside(PodTemplateSpec read) {
    String others =
        read.getSpec().getContainers().stream()
            .map(Container::getName)
            .filter(name -> !CONTAINER.equals(name))
            .map(name -> name == null ? "one without a name" : name)
            .collect(joining(", "));
    return others.isEmpty()
        ? List.of()
        : List.of(
            new PlanError.TemplateInvalid(
                FIELD + ".spec.containers",
                "has containers beside '%s': %s, which would keep a trial from ending"
                    .formatted(CONTAINER, others),
                "make each an initContainer with restartPolicy Always"));
  }

  /**
   * The template with at least empty metadata and spec.
   *
   * @throws IllegalArgumentException if it is none; {@link #problems} tells why
   */
  public static PodTemplateSpec read(@Nullable Map<String, Object> template) {
    PodTemplateSpec read =
        template == null ? null : MAPPER.convertValue(template, PodTemplateSpec.class);
    PodTemplateSpec usable = read == null ? new PodTemplateSpec() : read;
    if (usable.getMetadata() == null) {
      usable.setMetadata(new ObjectMeta());
    }
    if (usable.getSpec() == null) {
      usable.setSpec(new PodSpec());
    }
    if (usable.getSpec().getContainers() == null) {
      usable.getSpec().setContainers(List.of());
    }
    return usable;
  }
}
