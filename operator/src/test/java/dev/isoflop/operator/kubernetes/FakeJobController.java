package dev.isoflop.operator.kubernetes;

import dev.isoflop.operator.kubernetes.observe.PodReading;
import dev.isoflop.operator.kubernetes.resources.Owners;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobConditionBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Plays Kubernetes' Job controller and garbage collector, as far as Jobs of one pod need them: the
 * pod failure policy, suspension, deletion in the foreground, collection after a while.
 */
public final class FakeJobController {
  private final ClusterStore store;
  private int created = 0;

  public FakeJobController(ClusterStore store) {
    this.store = store;
  }

  public void tick(Instant now) {
    List<Pod> pods = store.pods();
    for (Job job : store.jobs()) {
      sync(job, pods.stream().filter(pod -> Owners.owns(job, pod)).toList(), now);
    }
    collectGarbage();
  }

  private void sync(Job job, List<Pod> owned, Instant now) {
    if (job.getMetadata().getDeletionTimestamp() != null) {
      owned.forEach(store::remove);
      store.remove(job);
    } else if (job.getStatus() != null && !job.getStatus().getConditions().isEmpty()) {
      expire(job, now);
    } else if (Boolean.TRUE.equals(job.getSpec().getSuspend())) {
      owned.stream().filter(pod -> !PodReading.ended(pod)).forEach(store::remove);
    } else {
      run(job, owned, now);
    }
  }

  private void run(Job job, List<Pod> owned, Instant now) {
    Optional<Pod> succeeded =
        owned.stream().filter(pod -> "Succeeded".equals(pod.getStatus().getPhase())).findFirst();
    Optional<Pod> failed =
        owned.stream()
            .filter(PodReading::ended)
            .filter(pod -> "Failed".equals(pod.getStatus().getPhase()))
            .filter(pod -> !ignored(pod))
            .findFirst();
    if (succeeded.isPresent()) {
      finish(
          job, "Complete", "CompletionsReached", "Reached expected number of succeeded pods", now);
    } else if (failed.isPresent()) {
      int code = PodReading.terminated(failed.get()).map(end -> end.getExitCode()).orElse(-1);
      if (code == 42) {
        finish(
            job,
            "Failed",
            "PodFailurePolicy",
            "Container worker for pod %s failed with exit code 42 matching FailJob rule at index 0"
                .formatted(failed.get().getMetadata().getName()),
            now);
      } else {
        finish(job, "Failed", "BackoffLimitExceeded", "Job has reached the limit", now);
      }
    } else if (owned.stream().allMatch(PodReading::ended)) {
      store.create(pod(job, now));
    }
  }

  private static boolean ignored(Pod pod) {
    boolean gaveUp = PodReading.terminated(pod).filter(end -> end.getExitCode() == 42).isPresent();
    return !gaveUp
        && pod.getStatus().getConditions().stream()
            .anyMatch(
                condition ->
                    condition.getType().equals("DisruptionTarget")
                        && condition.getStatus().equals("True"));
  }

  private Pod pod(Job job, Instant now) {
    return new PodBuilder()
        .withMetadata(job.getSpec().getTemplate().getMetadata())
        .editMetadata()
        .withName("%s-%05d".formatted(job.getMetadata().getName(), ++created))
        .withNamespace(job.getMetadata().getNamespace())
        .withCreationTimestamp(now.truncatedTo(ChronoUnit.SECONDS).toString())
        .withOwnerReferences(Owners.controller(job))
        .endMetadata()
        .withSpec(job.getSpec().getTemplate().getSpec())
        .withNewStatus()
        .withPhase("Pending")
        .endStatus()
        .build();
  }

  private void finish(Job job, String type, String reason, String message, Instant now) {
    JobStatus status = job.getStatus() == null ? new JobStatus() : job.getStatus();
    status
        .getConditions()
        .add(
            new JobConditionBuilder()
                .withType(type)
                .withStatus("True")
                .withReason(reason)
                .withMessage(message)
                .withLastTransitionTime(now.truncatedTo(ChronoUnit.SECONDS).toString())
                .build());
    job.setStatus(status);
    store.update(job);
  }

  private void expire(Job job, Instant now) {
    Integer after = job.getSpec().getTtlSecondsAfterFinished();
    Instant ended = Instant.parse(job.getStatus().getConditions().get(0).getLastTransitionTime());
    if (after != null && ended.plus(Duration.ofSeconds(after)).isBefore(now)) {
      store.remove(job);
    }
  }

  /** What has lost its owner goes, pods last. */
  private void collectGarbage() {
    Set<String> alive = new HashSet<>();
    store.sweeps().forEach(sweep -> alive.add(sweep.getMetadata().getUid()));
    store.trials().stream().filter(trial -> !kept(trial, alive)).forEach(store::remove);
    store.jobs().stream().filter(job -> !kept(job, alive)).forEach(store::remove);
    store.pods().stream().filter(pod -> !kept(pod, alive)).forEach(store::remove);
  }

  private static boolean kept(HasMetadata resource, Set<String> alive) {
    boolean kept = Owners.controllerUid(resource).map(alive::contains).orElse(true);
    if (kept) {
      alive.add(resource.getMetadata().getUid());
    }
    return kept;
  }
}
