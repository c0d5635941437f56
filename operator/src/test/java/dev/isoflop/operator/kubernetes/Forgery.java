package dev.isoflop.operator.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.isoflop.api.v1alpha1.Trial;
import dev.isoflop.metric.MetricValue;
import dev.isoflop.operator.TestClock;
import dev.isoflop.operator.kubernetes.resources.JobResources;
import dev.isoflop.operator.kubernetes.resources.Labels;
import dev.isoflop.operator.kubernetes.resources.Owners;
import dev.isoflop.operator.kubernetes.resources.WorkerPod;
import dev.isoflop.operator.plan.PlannedTrial;
import dev.isoflop.operator.sweep.LossSurface;
import dev.isoflop.trial.TrialJson;
import dev.isoflop.trial.TrialOutcome;
import dev.isoflop.trial.TrialResult;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;

/** Jobs and pods as somebody makes them who may create Jobs and read trials, and nothing else. */
public final class Forgery {
  /** No model of these sweeps comes near it. */
  static final double LOSS = 0.0001;

  private Forgery() {}

  /** A Job that says of itself all that one of the operator's does, and has come to its end. */
  public static Job finished(Trial trial, int attempt) {
    return new JobBuilder(running(trial, attempt))
        .withNewStatus()
        .addNewCondition()
        .withType("Complete")
        .withStatus("True")
        .withLastTransitionTime(TestClock.START.toString())
        .endCondition()
        .endStatus()
        .build();
  }

  /** One that runs. */
  public static Job running(Trial trial, int attempt) {
    String name = trial.getMetadata().getName();
    return new JobBuilder()
        .withNewMetadata()
        .withName(JobResources.name(name, attempt))
        .withNamespace(trial.getMetadata().getNamespace())
        .withLabels(Labels.ofTrial(trial.getSpec().sweep(), name))
        .addToLabels(Labels.ATTEMPT, Integer.toString(attempt))
        .addToAnnotations(Labels.SWEEP_NAME, trial.getSpec().sweep())
        .withOwnerReferences(Owners.controller(trial))
        .endMetadata()
        .withNewSpec()
        .withNewTemplate()
        .withNewMetadata()
        .withLabels(Labels.ofTrial(trial.getSpec().sweep(), name))
        .addToAnnotations(Labels.SWEEP_NAME, trial.getSpec().sweep())
        .addToAnnotations(FakeKubelet.MESSAGE, message(trial))
        .endMetadata()
        .withNewSpec()
        .withRestartPolicy("Never")
        .addNewContainer()
        .withName(WorkerPod.CONTAINER)
        .withImage("busybox")
        .endContainer()
        .endSpec()
        .endTemplate()
        .endSpec()
        .build();
  }

  /** A pod of a Job that has left the result that somebody would like to see. */
  public static Pod succeeded(Job job, Trial trial) {
    return new PodBuilder(pod(job))
        .withNewStatus()
        .withPhase("Succeeded")
        .addToContainerStatuses(
            new ContainerStatusBuilder()
                .withName(WorkerPod.CONTAINER)
                .withNewState()
                .withNewTerminated()
                .withExitCode(0)
                .withReason("Completed")
                .withMessage(message(trial))
                .withStartedAt(TestClock.START.toString())
                .withFinishedAt(TestClock.START.toString())
                .endTerminated()
                .endState()
                .build())
        .endStatus()
        .build();
  }

  /** A pod of a Job that serves metrics. */
  public static Pod serving(Job job) {
    return new PodBuilder(pod(job))
        .withNewStatus()
        .withPhase("Running")
        .withPodIP("10.0.0.66")
        .addToContainerStatuses(
            new ContainerStatusBuilder()
                .withName(WorkerPod.CONTAINER)
                .withNewState()
                .withNewRunning(TestClock.START.toString())
                .endState()
                .build())
        .endStatus()
        .build();
  }

  private static Pod pod(Job job) {
    return new PodBuilder()
        .withNewMetadata()
        .withName(job.getMetadata().getName() + "-forged")
        .withNamespace(job.getMetadata().getNamespace())
        .withLabels(job.getMetadata().getLabels())
        .withAnnotations(job.getMetadata().getAnnotations())
        .withOwnerReferences(Owners.controller(job))
        .endMetadata()
        .withNewSpec()
        .endSpec()
        .build();
  }

  /** A result of the trial's own key, steps and parameters, but for its losses. */
  static String message(Trial trial) {
    TrialResult sound =
        LossSurface.result(
            new PlannedTrial(
                trial.getMetadata().getName(), trial.getSpec().key(), trial.getSpec().experiment()),
            TrialOutcome.succeeded());
    TrialResult forged =
        new TrialResult(
            sound.trial(),
            sound.key(),
            sound.outcome(),
            sound.parameters(),
            sound.totalParameters(),
            sound.steps(),
            sound.samples(),
            sound.tokens(),
            sound.flops(),
            LOSS,
            sound.metrics().stream()
                .map(
                    value ->
                        new MetricValue(
                            value.metric(),
                            value.dataset(),
                            LOSS,
                            value.standardError(),
                            value.samples(),
                            value.provenance()))
                .toList(),
            sound.trainingSeconds(),
            sound.evaluationSeconds(),
            sound.modelFlopsUtilization(),
            sound.software());
    try {
      return TrialJson.MAPPER.writeValueAsString(forged);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
