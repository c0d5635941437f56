package dev.isoflop.operator.kubernetes.observe;

import dev.isoflop.operator.kubernetes.resources.WorkerPod;
import dev.isoflop.operator.sweep.observe.AttemptEnd;
import dev.isoflop.operator.sweep.observe.AttemptObservation;
import dev.isoflop.operator.sweep.observe.TrialObservation;
import dev.isoflop.trial.ExitCode;
import dev.isoflop.trial.OutcomeReason;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The state of a worker, read from its pod. */
public final class PodReading {
  private static final Set<String> PASSING = Set.of("ContainerCreating", "PodInitializing");

  /** 128 + SIGTERM, and 128 + SIGKILL after the grace period. */
  private static final Set<Integer> SIGNALS_OF_A_DELETION = Set.of(143, 137);

  private PodReading() {}

  /** Whether the pod has come to its end. */
  public static boolean ended(Pod pod) {
    String phase = status(pod).getPhase();
    return "Succeeded".equals(phase) || "Failed".equals(phase);
  }

  static boolean succeeded(Pod pod) {
    return "Succeeded".equals(status(pod).getPhase());
  }

  /** Whether the pod failed in a way that ends its Job; after a disruption, the Job goes on. */
  static boolean failed(Pod pod) {
    boolean gaveUp =
        terminated(pod).filter(end -> end.getExitCode() == ExitCode.GIVE_UP.code()).isPresent();
    boolean disrupted =
        condition(pod, "DisruptionTarget")
            .filter(found -> "True".equals(found.getStatus()))
            .isPresent();
    return "Failed".equals(status(pod).getPhase()) && (gaveUp || !disrupted);
  }

  /** When the worker began; empty before that. */
  public static Optional<Instant> startedAt(Pod pod) {
    return worker(pod)
        .map(ContainerStatus::getState)
        .flatMap(
            state ->
                state.getRunning() != null
                    ? Optional.ofNullable(state.getRunning().getStartedAt())
                    : Optional.ofNullable(state.getTerminated())
                        .map(ContainerStateTerminated::getStartedAt))
        .map(Instant::parse);
  }

  /** When the worker ended; empty if that is not known. */
  static Optional<Instant> finishedAt(Pod pod) {
    return terminated(pod).map(ContainerStateTerminated::getFinishedAt).map(Instant::parse);
  }

  /** The end of the worker's container; empty if it did not end, or if nobody saw it. */
  public static Optional<ContainerStateTerminated> terminated(Pod pod) {
    return worker(pod).map(ContainerStatus::getState).map(ContainerState::getTerminated);
  }

  /** The end of an attempt whose pod failed. */
  static AttemptEnd end(Pod pod) {
    Optional<ContainerStateTerminated> terminated = terminated(pod);
    if (terminated.filter(end -> end.getExitCode() == ExitCode.GIVE_UP.code()).isPresent()) {
      return new AttemptEnd.Exited(ExitCode.GIVE_UP.code());
    }
    if (terminated.filter(end -> "OOMKilled".equals(end.getReason())).isPresent()) {
      return outOfMemory(memoryLimit(pod));
    }
    Optional<AttemptEnd> disruption = disruption(pod, terminated);
    return disruption
        .or(() -> deletion(pod, terminated))
        .or(() -> failedInit(pod))
        .or(() -> StorageFault.ofWorker(pod))
        .or(() -> terminated.map(end -> new AttemptEnd.Exited(end.getExitCode())))
        .orElseGet(() -> new AttemptEnd.Disrupted(said("its pod failed", status(pod))));
  }

  /**
   * An out-of-memory kill; of a container without a limit of its own it is the node that was full.
   */
  private static AttemptEnd outOfMemory(Optional<String> limit) {
    return limit.isPresent()
        ? new AttemptEnd.OutOfMemory(
            "the worker was killed at its memory limit of %s; raise scheduling.resources.memory, or"
                    .formatted(limit.get())
                + " lower training.batchSize",
            limit.get())
        : new AttemptEnd.Faulted(
            OutcomeReason.OutOfMemory,
            "the worker was killed as its node ran out of memory; set scheduling.resources.memory,"
                + " so that it gets a node with room");
  }

  private static Optional<AttemptEnd> disruption(
      Pod pod, Optional<ContainerStateTerminated> terminated) {
    Optional<PodCondition> target =
        condition(pod, "DisruptionTarget").filter(found -> "True".equals(found.getStatus()));
    if (target.isPresent()) {
      return Optional.of(
          new AttemptEnd.Disrupted(sentence(target.get().getReason(), target.get().getMessage())));
    }
    if ("DeadlineExceeded".equals(status(pod).getReason())) {
      return Optional.of(new AttemptEnd.Disrupted("its pod ran out of its time"));
    }
    boolean nobodySaw =
        terminated.filter(end -> "ContainerStatusUnknown".equals(end.getReason())).isPresent();
    return nobodySaw
        ? Optional.of(new AttemptEnd.Disrupted(said("its node lost sight of it", status(pod))))
        : Optional.empty();
  }

  /** A pod that someone deleted; whatever ran in it was told to end, and killed after a while. */
  private static Optional<AttemptEnd> deletion(
      Pod pod, Optional<ContainerStateTerminated> terminated) {
    boolean signalled =
        terminated.filter(end -> !SIGNALS_OF_A_DELETION.contains(end.getExitCode())).isEmpty();
    return pod.getMetadata().getDeletionTimestamp() != null && signalled
        ? Optional.of(new AttemptEnd.Disrupted("its pod was deleted"))
        : Optional.empty();
  }

  /** Since when something outside ends the pod, or has ended it, and why; empty if nothing does. */
  static Optional<TrialObservation.LostWorker> lost(Pod pod) {
    return condition(pod, "DisruptionTarget")
        .filter(target -> "True".equals(target.getStatus()))
        .map(
            target ->
                new TrialObservation.LostWorker(
                    Optional.ofNullable(target.getLastTransitionTime())
                        .or(() -> Optional.ofNullable(pod.getMetadata().getDeletionTimestamp()))
                        .map(Instant::parse)
                        .or(() -> finishedAt(pod))
                        .or(() -> startedAt(pod))
                        .orElse(Instant.EPOCH),
                    sentence(target.getReason(), target.getMessage())));
  }

  /**
   * Since when the node of a pod that works has not reported; empty while it does. The controller
   * that watches nodes then marks their pods as not ready, whose containers were so at last.
   */
  static Optional<Instant> nodeLostAt(Pod pod) {
    boolean containersReady =
        condition(pod, "ContainersReady")
            .filter(found -> "True".equals(found.getStatus()))
            .isPresent();
    return condition(pod, "Ready")
        .filter(ready -> containersReady && !ended(pod))
        .filter(ready -> "False".equals(ready.getStatus()))
        .filter(ready -> ready.getReason() == null || ready.getReason().isEmpty())
        .map(PodCondition::getLastTransitionTime)
        .map(Instant::parse);
  }

  /** A sentence about a pod whose node does not report any more; empty while it does. */
  static Optional<String> nodeLost(Pod pod) {
    String node = pod.getSpec() == null ? null : pod.getSpec().getNodeName();
    String next =
        pod.getMetadata().getDeletionTimestamp() == null
            ? "the cluster replaces the pod if that lasts"
            : "the pod is replaced once the node reports again or is deleted (kubectl delete node)";
    return nodeLostAt(pod)
        .map(
            since ->
                "its node%s has not reported since %s; %s"
                    .formatted(node == null ? "" : " " + node, since, next));
  }

  private static Optional<AttemptEnd> failedInit(Pod pod) {
    return statuses(status(pod).getInitContainerStatuses())
        .filter(init -> init.getState() != null && init.getState().getTerminated() != null)
        .filter(init -> init.getState().getTerminated().getExitCode() != 0)
        .findFirst()
        .map(
            init ->
                StorageFault.ofFolders(pod, init)
                    .orElseGet(
                        () ->
                            new AttemptEnd.Faulted(
                                OutcomeReason.Crashed,
                                "init container '%s' ended with exit %d; see its log"
                                    .formatted(
                                        init.getName(),
                                        init.getState().getTerminated().getExitCode()))));
  }

  /** The reason for which a pod has not begun to work; empty if it is about to. */
  static Optional<String> waiting(Pod pod) {
    Optional<PodCondition> unscheduled =
        condition(pod, "PodScheduled").filter(found -> "False".equals(found.getStatus()));
    if (unscheduled.isPresent()) {
      return Optional.of(
          "no node: " + sentence(unscheduled.get().getReason(), unscheduled.get().getMessage()));
    }
    return Stream.concat(
            statuses(status(pod).getInitContainerStatuses()),
            statuses(status(pod).getContainerStatuses()))
        .map(ContainerStatus::getState)
        .filter(Objects::nonNull)
        .map(ContainerState::getWaiting)
        .filter(waiting -> waiting != null && waiting.getReason() != null)
        .filter(waiting -> !PASSING.contains(waiting.getReason()))
        .findFirst()
        .map(PodReading::sentence);
  }

  /** The fault for which a pod waits that has not begun, where someone must mend it. */
  static Optional<AttemptObservation.Blocker> blocker(Pod pod) {
    Optional<PodBlocker> unscheduled =
        condition(pod, "PodScheduled")
            .filter(found -> "False".equals(found.getStatus()))
            .flatMap(found -> PodBlocker.ofUnschedulable(found.getMessage()));
    Optional<PodBlocker> blocker =
        unscheduled.or(
            () ->
                Stream.concat(
                        statuses(status(pod).getInitContainerStatuses()),
                        statuses(status(pod).getContainerStatuses()))
                    .map(ContainerStatus::getState)
                    .filter(Objects::nonNull)
                    .map(ContainerState::getWaiting)
                    .filter(waiting -> waiting != null && waiting.getReason() != null)
                    .flatMap(waiting -> PodBlocker.ofWaiting(waiting.getReason()).stream())
                    .findFirst());
    String created = pod.getMetadata().getCreationTimestamp();
    return blocker
        .filter(found -> created != null)
        .map(
            found ->
                new AttemptObservation.Blocker(
                    found.reason(),
                    waiting(pod).orElse(found.reason().name()) + "; " + found.remedy(),
                    Instant.parse(created)));
  }

  /** Whether nothing is known of a pod on a node but that its volumes may be missing. */
  static boolean awaitsVolumes(Pod pod) {
    boolean placed =
        condition(pod, "PodScheduled").filter(found -> "False".equals(found.getStatus())).isEmpty();
    boolean mounted =
        condition(pod, "PodReadyToStartContainers")
            .filter(found -> "True".equals(found.getStatus()))
            .isPresent();
    boolean begun =
        Stream.concat(
                statuses(status(pod).getInitContainerStatuses()),
                statuses(status(pod).getContainerStatuses()))
            .map(ContainerStatus::getState)
            .filter(Objects::nonNull)
            .anyMatch(state -> state.getRunning() != null || state.getTerminated() != null);
    return placed && !mounted && !begun && waiting(pod).isEmpty();
  }

  /** The stage of a pod that is about to begin, such as ContainerCreating. */
  static Optional<String> passing(Pod pod) {
    return Stream.concat(
            statuses(status(pod).getInitContainerStatuses()),
            statuses(status(pod).getContainerStatuses()))
        .map(ContainerStatus::getState)
        .filter(Objects::nonNull)
        .map(ContainerState::getWaiting)
        .filter(waiting -> waiting != null && waiting.getReason() != null)
        .map(ContainerStateWaiting::getReason)
        .findFirst();
  }

  private static String sentence(ContainerStateWaiting waiting) {
    return sentence(waiting.getReason(), waiting.getMessage());
  }

  private static String said(String what, PodStatus status) {
    String why = sentence(status.getReason(), status.getMessage());
    return why.isEmpty() ? what : what + ": " + why;
  }

  private static String sentence(@Nullable String reason, @Nullable String message) {
    if (message == null || message.isBlank()) {
      return reason == null ? "" : reason;
    }
    return reason == null || reason.isBlank() ? message : reason + ": " + message;
  }

  private static Optional<String> memoryLimit(Pod pod) {
    return pod.getSpec().getContainers().stream()
        .filter(container -> WorkerPod.CONTAINER.equals(container.getName()))
        .filter(container -> container.getResources() != null)
        .map(container -> container.getResources().getLimits())
        .filter(limits -> limits != null && limits.get("memory") != null)
        .map(limits -> limits.get("memory"))
        .map(Quantity::toString)
        .findFirst();
  }

  private static Optional<PodCondition> condition(Pod pod, String type) {
    List<PodCondition> conditions = status(pod).getConditions();
    return conditions.stream().filter(found -> type.equals(found.getType())).findFirst();
  }

  private static Optional<ContainerStatus> worker(Pod pod) {
    return statuses(status(pod).getContainerStatuses())
        .filter(container -> WorkerPod.CONTAINER.equals(container.getName()))
        .findFirst();
  }

  private static Stream<ContainerStatus> statuses(@Nullable List<ContainerStatus> statuses) {
    return statuses == null ? Stream.empty() : statuses.stream();
  }

  private static PodStatus status(Pod pod) {
    return pod.getStatus() == null ? new PodStatus() : pod.getStatus();
  }
}
