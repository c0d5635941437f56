package dev.isoflop.operator.kubernetes;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.isoflop.operator.plan.Refusal;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The pod template of a manifest, which lies under what the operator sets. */
final class PodTemplates {
  private static final String FIELD = "scheduling.podTemplate";
  private static final ObjectMapper MAPPER = JsonMapper.builder().build();

  private PodTemplates() {}

  /** Why a template cannot be used; empty if it can. */
  static Optional<Refusal> problem(@Nullable Map<String, Object> template) {
    PodTemplateSpec read;
    try {
      read = read(template);
    } catch (IllegalArgumentException e) {
      String first = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      return Optional.of(
          new Refusal.Unreadable(
              FIELD,
              "is no PodTemplateSpec: " + first,
              "write it as in a Job's spec.template; see kubectl explain job.spec.template"));
    }
    String others =
        read.getSpec().getContainers().stream()
            .map(Container::getName)
            .filter(name -> !WorkerPod.CONTAINER.equals(name))
            .map(String::valueOf)
            .collect(joining(", "));
    return others.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Refusal.Unreadable(
                FIELD,
                "has containers beside '%s': %s, which would keep a trial from ending"
                    .formatted(WorkerPod.CONTAINER, others),
                "make each an initContainer with restartPolicy Always"));
  }

  /**
   * The template with at least empty metadata and spec.
   *
   * @throws IllegalArgumentException if it is none
   */
  static PodTemplateSpec read(@Nullable Map<String, Object> template) {
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
