package dev.isoflop.operator.kubernetes.resources;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.api.v1alpha1.Trial;
import dev.isoflop.api.v1alpha1.TrialStatus;
import dev.isoflop.api.v1alpha1.status.RetryStatus;
import dev.isoflop.api.v1alpha1.sweep.SchedulingSpec;
import dev.isoflop.api.v1alpha1.sweep.StorageSpec;
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
public final class JobResources {
  /**
   * After the sweep's own deadline, so that the operator, where it runs, stops the worker first.
   */
  private static final Duration DEADLINE_MARGIN = Duration.ofMinutes(5);

  /** Beside the trials' folders; no trial is named so. */
  private static final String CACHE_FOLDER = ".cache";

  private final WorkerSettings settings;
  private final ScalingSweep sweep;
  private @Nullable String madeFrom;

  public JobResources(WorkerSettings settings, ScalingSweep sweep) {
    this.settings = settings;
    this.sweep = sweep;
  }

  public static String name(String trial, int attempt) {
    return trial + "-" + attempt;
  }

  /**
   * The Job of the attempt that a trial's status has recorded, owned by the trial.
   *
   * @param token by which the operator knows the Job before its uid is recorded, and the result of
   *     its worker
   */
  public Job of(Trial trial, TrialStatus status, String token) {
    String name = trial.getMetadata().getName();
    TrialConfig config =
        new TrialConfig(
            trial.getMetadata().getNamespace(),
            sweep.getMetadata().getName(),
            name,
            trial.getSpec().key(),
            trial.getSpec().experiment(),
            runtime(token));
    return job(name, status.attempt(), json(config), deadlineSeconds(status))
        .editMetadata()
        .addToAnnotations(Labels.MADE_FROM, madeFrom())
        .addToAnnotations(Labels.ATTEMPT_TOKEN, token)
        .withOwnerReferences(Owners.controller(trial))
        .endMetadata()
        .build();
  }

  /**
   * Digest of all that the Jobs of the sweep are made from, but for what tells its trials, attempts
   * and their remaining time apart.
   */
  public String madeFrom() {
    if (madeFrom == null) {
      madeFrom = JobDigest.of(job("trial", 0, json(runtime(null)), 0).build());
    }
    return madeFrom;
  }

  private JobBuilder job(String name, int attempt, String config, long deadlineSeconds) {
    SchedulingSpec scheduling = sweep.getSpec().scheduling();
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
        .withNamespace(sweep.getMetadata().getNamespace())
        .withLabels(jobLabels)
        .addToAnnotations(Labels.SWEEP_NAME, sweepName)
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
                config,
                storage.claimName(),
                "%s/%s/%s".formatted(storage.path(), sweepName, name),
                "%s/%s/%s".formatted(storage.path(), sweepName, CACHE_FOLDER),
                deadlineSeconds))
        .editTemplate()
        .editMetadata()
        .addToAnnotations(Labels.SWEEP_NAME, sweepName)
        .endMetadata()
        .endTemplate()
        .endSpec();
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

  private long deadlineSeconds(TrialStatus status) {
    Duration deadline = Duration.parse(sweep.getSpec().scheduling().trialDeadline());
    RetryStatus retry = status.retry();
    double counted = status.runningSeconds() - (retry == null ? 0 : retry.runningSeconds());
    Duration used = Duration.ofMillis(Math.round(counted * 1e3));
    long left = deadline.minus(used).plus(DEADLINE_MARGIN).toSeconds();
    return Math.max(1, Math.min(Integer.MAX_VALUE, left));
  }

  private TrialRuntime runtime(@Nullable String token) {
    WorkerPod pod = new WorkerPod(settings, sweep.getSpec().scheduling());
    return new TrialRuntime(
        WorkerPod.FOLDER,
        WorkerPod.TERMINATION_MESSAGE,
        WorkerPod.METRICS_PORT,
        pod.threads(),
        sweep.getSpec().scheduling().peakFlops(),
        WorkerPod.CACHE,
        pod.accelerator(),
        sweep.getSpec().scheduling().failures().borneSamples(),
        null, // paths are those of the container
        token);
  }

  private static String json(Object value) {
    try {
      return TrialJson.MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a configuration can always be written as JSON", e);
    }
  }
}
