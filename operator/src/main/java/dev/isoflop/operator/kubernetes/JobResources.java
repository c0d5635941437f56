package dev.isoflop.operator.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.api.v1alpha1.SchedulingSpec;
import dev.isoflop.api.v1alpha1.StorageSpec;
import dev.isoflop.api.v1alpha1.Trial;
import dev.isoflop.api.v1alpha1.TrialStatus;
import dev.isoflop.trial.AcceleratorRequest;
import dev.isoflop.trial.ExitCode;
import dev.isoflop.trial.TrialConfig;
import dev.isoflop.trial.TrialJson;
import dev.isoflop.trial.TrialRuntime;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicy;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicyBuilder;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One attempt at a trial as a Job. Its name carries the attempt's number, so that an attempt cannot
 * be started twice. The Job itself replaces a pod that was evicted, preempted or lost with its
 * node; every other end of the pod is the end of the attempt, and what follows is decided above.
 */
final class JobResources {
  /**
   * After the sweep's own deadline, so that the operator, where it runs, stops the worker first.
   */
  private static final Duration DEADLINE_MARGIN = Duration.ofMinutes(5);

  /** Beside the trials' folders; no trial is named so. */
  private static final String CACHE_FOLDER = ".cache";

  private final WorkerSettings settings;
  private final ScalingSweep sweep;

  JobResources(WorkerSettings settings, ScalingSweep sweep) {
    this.settings = settings;
    this.sweep = sweep;
  }

  static String name(String trial, int attempt) {
    return trial + "-" + attempt;
  }

  /** The Job of a trial's attempt, owned by the trial. */
  Job of(Trial trial, TrialStatus status, int attempt) {
    SchedulingSpec scheduling = sweep.getSpec().scheduling();
    String name = trial.getMetadata().getName();
    String sweepName = sweep.getMetadata().getName();
    Map<String, String> labels = new TreeMap<>(Labels.ofTrial(sweepName, name));
    labels.put(Labels.ATTEMPT, Integer.toString(attempt));
    Map<String, String> jobLabels = new TreeMap<>(labels);
    if (scheduling.queueName() != null) {
      jobLabels.put(Labels.KUEUE_QUEUE, scheduling.queueName());
    }
    WorkerPod pod = new WorkerPod(settings, scheduling);
    StorageSpec storage = sweep.getSpec().storage();
    return new JobBuilder()
        .withNewMetadata()
        .withName(name(name, attempt))
        .withNamespace(trial.getMetadata().getNamespace())
        .withLabels(jobLabels)
        .addToAnnotations(Labels.SWEEP_NAME, sweepName)
        .withOwnerReferences(Owners.controller(trial))
        .endMetadata()
        .withNewSpec()
        .withSuspend(scheduling.queueName() == null ? null : true)
        .withParallelism(1)
        .withCompletions(1)
        .withBackoffLimit(0)
        .withPodReplacementPolicy("Failed")
        .withPodFailurePolicy(failurePolicy())
        .withTemplate(
            pod.template(
                labels,
                config(trial, pod.threads(), pod.accelerator()),
                storage.claimName(),
                "%s/%s/%s".formatted(storage.path(), sweepName, name),
                "%s/%s/%s".formatted(storage.path(), sweepName, CACHE_FOLDER),
                deadlineSeconds(scheduling, status)))
        .editTemplate()
        .editMetadata()
        .addToAnnotations(Labels.SWEEP_NAME, sweepName)
        .endMetadata()
        .endTemplate()
        .endSpec()
        .build();
  }

  private static PodFailurePolicy failurePolicy() {
    return new PodFailurePolicyBuilder()
        .addNewRule()
        .withAction("FailJob")
        .withNewOnExitCodes()
        .withContainerName(WorkerPod.CONTAINER)
        .withOperator("In")
        .withValues(ExitCode.GIVE_UP.code())
        .endOnExitCodes()
        .endRule()
        .addNewRule()
        .withAction("Ignore")
        .addNewOnPodCondition()
        .withType("DisruptionTarget")
        .withStatus("True")
        .endOnPodCondition()
        .endRule()
        .build();
  }

  private static long deadlineSeconds(SchedulingSpec scheduling, TrialStatus status) {
    Duration deadline = Duration.parse(scheduling.trialDeadline());
    Duration used = Duration.ofMillis(Math.round(status.runningSeconds() * 1e3));
    long left = deadline.minus(used).plus(DEADLINE_MARGIN).toSeconds();
    return Math.max(1, Math.min(Integer.MAX_VALUE, left));
  }

  private String config(Trial trial, int threads, @Nullable AcceleratorRequest accelerator) {
    TrialConfig config =
        new TrialConfig(
            trial.getMetadata().getNamespace(),
            sweep.getMetadata().getName(),
            trial.getMetadata().getName(),
            trial.getSpec().key(),
            trial.getSpec().experiment(),
            new TrialRuntime(
                WorkerPod.FOLDER,
                WorkerPod.TERMINATION_MESSAGE,
                WorkerPod.METRICS_PORT,
                threads,
                sweep.getSpec().scheduling().peakFlops(),
                WorkerPod.CACHE,
                accelerator));
    try {
      return TrialJson.MAPPER.writeValueAsString(config);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a configuration can always be written as JSON", e);
    }
  }
}
