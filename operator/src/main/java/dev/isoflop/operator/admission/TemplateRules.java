package dev.isoflop.operator.admission;

import dev.isoflop.operator.plan.PlanError;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Refuses what no template may ask for: whatever the restricted Pod Security Standard of Kubernetes
 * 1.34 forbids, and what would let a pod pass for the operator or for another one.
 */
final class TemplateRules {
  private TemplateRules() {}

  /**
   * Everything that a template may not ask for.
   *
   * @param policy of the installation; empty where it is not known, and what it decides passes
   */
  static List<PlanError> problems(Place template, Optional<PodPolicy> policy) {
    Place spec = template.at("spec");
    return Stream.of(
            MetadataRules.problems(template.at("metadata")),
            host(spec),
            scheduling(spec),
            SecurityContextRules.ofPod(spec.at("securityContext")),
            containers(spec).flatMap(ContainerRules::problems),
            VolumeRules.reserved(spec),
            VolumeRules.beyond(spec, policy.map(PodPolicy::volumeTypes).orElse(VolumeTypes.BEYOND)),
            policy.stream().flatMap(known -> AccountRules.problems(spec, known)))
        .flatMap(refusals -> refusals)
        .toList();
  }

  static Stream<Place> containers(Place spec) {
    return Stream.of("initContainers", "containers").flatMap(list -> spec.at(list).items());
  }

  private static Stream<PlanError> host(Place spec) {
    return Stream.of("hostNetwork", "hostPID", "hostIPC")
        .map(spec::at)
        .filter(Place::isTrue)
        .map(
            host ->
                host.refused("is true, which takes the pod out of its isolation", Place.LEAVE_OUT));
  }

  private static Stream<PlanError> scheduling(Place spec) {
    Place node = spec.at("nodeName");
    Place ephemeral = spec.at("ephemeralContainers");
    Place os = spec.at("os", "name");
    Place priority = spec.at("priorityClassName");
    return Stream.of(
            node.refusedIf(
                !node.text().isEmpty(),
                "is '%s', which passes the scheduler, taints and quotas of queues by"
                    .formatted(node.text()),
                "use nodeSelector: {kubernetes.io/hostname: %s}".formatted(node.text())),
            ephemeral.refusedIf(
                ephemeral.hasItems(),
                "is for pods that run already",
                "use an initContainer with restartPolicy Always"),
            os.refusedIf(
                !Set.of("", "linux").contains(os.text()),
                "is '%s', where the worker does not run".formatted(os.text()),
                Place.LEAVE_OUT),
            priority.refusedIf(
                priority.text().startsWith("system-"),
                "is '%s', with which a worker would evict parts of the cluster"
                    .formatted(priority.text()),
                "name a priority class that was made for training, or leave it out"))
        .flatMap(refusals -> refusals);
  }
}
