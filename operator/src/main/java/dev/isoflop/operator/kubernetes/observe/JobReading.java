package dev.isoflop.operator.kubernetes.observe;

import dev.isoflop.api.v1alpha1.status.TrialProgress;
import dev.isoflop.operator.kubernetes.resources.Labels;
import dev.isoflop.operator.sweep.observe.AttemptEnd;
import dev.isoflop.operator.sweep.observe.AttemptObservation;
import dev.isoflop.operator.sweep.observe.TrialObservation;
import dev.isoflop.trial.OutcomeReason;
import dev.isoflop.trial.TrialResult;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The state of an attempt, read from its Job and pods.
 *
 * @param job of the attempt
 * @param pods that the Job controls, in any order
 * @param now the time of the observation
 * @param tokenSha256 digest of the token that the worker was given; empty if it was given none
 * @param complete whether these are all pods that there are; what watches have shown may be behind
 */
public record JobReading(
    Job job, List<Pod> pods, Instant now, Optional<String> tokenSha256, boolean complete) {
  /** A reading of what watches have shown, of a worker that was given no token. */
  JobReading(Job job, List<Pod> pods, Instant now) {
    this(job, pods, now, Optional.empty(), false);
  }

  private static final String COMPLETE = "Complete";
  private static final String FAILED = "Failed";

  /** A Job without a pod for so long is kept from having one, and a pod from beginning. */
  static final Duration POD_EXPECTED = Duration.ofSeconds(60);

  /** A pull that fails once may be a hiccup of the registry. */
  private static final Duration BLOCKER_EXPECTED = Duration.ofSeconds(20);

  /** Longest time by which the end of a pod may be seen later than that of its Job. */
  private static final Duration POD_AWAITED = Duration.ofSeconds(30);

  private static final Pattern EXIT_CODE = Pattern.compile("exit code (\\d{1,3})\\b");

  /** Number of the attempt. */
  public int number() {
    return Integer.parseInt(job.getMetadata().getLabels().get(Labels.ATTEMPT));
  }

  /**
   * Whether nothing more will come of the Job, and its pod shows so, too. Jobs and pods are watched
   * apart: a Job may be seen to have ended before its pod is, and the result stands in the pod. A
   * pod that is not there when asked for, or stays away for a while, is gone.
   */
  public boolean ended() {
    return finish().isPresent()
        && (complete || finalPod().isPresent() || !now.isBefore(podGoneAt()));
  }

  /** Whether the Job has ended, but its pod was not seen to. */
  boolean awaitsPod() {
    return finish().isPresent() && !ended();
  }

  /** When a pod that was not seen by then is taken for gone. */
  Instant podGoneAt() {
    return finish().flatMap(JobReading::time).orElse(now).plus(POD_AWAITED);
  }

  private Optional<JobCondition> finish() {
    return finish(job);
  }

  /** The condition with which a Job has ended; empty while it goes on. */
  static Optional<JobCondition> finish(Job job) {
    return condition(job, COMPLETE).or(() -> condition(job, FAILED));
  }

  /** The pod whose end was the Job's. */
  private Optional<Pod> finalPod() {
    boolean complete = condition(job, COMPLETE).isPresent();
    return pods.stream()
        .filter(PodReading::ended)
        .filter(pod -> complete ? PodReading.succeeded(pod) : PodReading.failed(pod))
        .max(BY_AGE);
  }

  /**
   * The attempt.
   *
   * @param progress as last collected
   * @param enquiries tell what holds the Job or its pod back
   * @param madeFrom digest of what the Job would be made from now; empty where none would be made
   */
  AttemptObservation attempt(
      Optional<TrialProgress> progress, Enquiries enquiries, Optional<String> madeFrom) {
    if (ended()) {
      return new AttemptObservation.Ended(number(), at().minus(worked(at())), at(), end());
    }
    Optional<AttemptObservation.Blocker> blocker =
        blocker().or(() -> unmounted(enquiries.mounts()));
    return new AttemptObservation.Running(
        number(),
        now.minus(worked(now)),
        job.getMetadata().getDeletionTimestamp() != null,
        progress,
        blocker
            .filter(found -> found.reason() == OutcomeReason.VolumeNotMounted)
            .map(AttemptObservation.Blocker::message)
            .or(() -> waiting(enquiries.queues())),
        livePod().flatMap(PodReading::nodeLost),
        isOutdated(madeFrom),
        blocker);
  }

  /**
   * Whether the Job would be made otherwise now and its worker has not begun. Former versions left
   * no digest; what such a Job was made from is not known, so it is made anew while that is free.
   */
  private boolean isOutdated(Optional<String> madeFrom) {
    boolean begun = pods.stream().anyMatch(JobReading::hasBegun);
    boolean leaves = finish().isPresent() || job.getMetadata().getDeletionTimestamp() != null;
    @Nullable Map<String, String> annotations = job.getMetadata().getAnnotations();
    Optional<String> was = Optional.ofNullable(annotations).map(all -> all.get(Labels.MADE_FROM));
    return !begun && !leaves && madeFrom.isPresent() && !madeFrom.equals(was);
  }

  /** Whether a pod's worker works, or ended in a way that ends the Job, too. */
  private static boolean hasBegun(Pod pod) {
    return PodReading.ended(pod)
        ? PodReading.succeeded(pod) || PodReading.failed(pod)
        : PodReading.startedAt(pod).isPresent();
  }

  /** Workers that something outside has ended, or is about to end, while the Job goes on. */
  List<TrialObservation.LostWorker> lost() {
    Optional<Pod> last = ended() ? finalPod() : Optional.empty();
    return pods.stream()
        .filter(pod -> last.filter(pod::equals).isEmpty())
        .flatMap(pod -> PodReading.lost(pod).stream())
        .sorted(Comparator.comparing(TrialObservation.LostWorker::at))
        .toList();
  }

  /** The result that the worker left in its pod. */
  Optional<TrialResult> result() {
    return finalPod().flatMap(pod -> TerminationMessages.result(pod, tokenSha256));
  }

  /** The pod that works, or is about to. */
  Optional<Pod> livePod() {
    return pods.stream().filter(pod -> !PodReading.ended(pod)).max(BY_AGE);
  }

  private static final Comparator<Pod> BY_AGE =
      Comparator.comparing(
          pod -> Optional.ofNullable(pod.getMetadata().getCreationTimestamp()).orElse(""));

  /** Time for which its pods worked, without the time in which one waited to replace another. */
  private Duration worked(Instant until) {
    return pods.stream().map(pod -> worked(pod, until)).reduce(Duration.ZERO, Duration::plus);
  }

  /** What a worker did on a node that does not report is not known, so not counted. */
  private static Duration worked(Pod pod, Instant until) {
    Optional<Instant> end =
        PodReading.finishedAt(pod)
            .or(() -> PodReading.nodeLostAt(pod))
            .or(() -> PodReading.ended(pod) ? Optional.empty() : Optional.of(until));
    return PodReading.startedAt(pod)
        .flatMap(start -> end.map(at -> Duration.between(start, at)))
        .filter(worked -> !worked.isNegative())
        .orElse(Duration.ZERO);
  }

  private Instant at() {
    return finalPod()
        .flatMap(PodReading::finishedAt)
        .or(() -> finish().flatMap(JobReading::time))
        .orElse(now);
  }

  private AttemptEnd end() {
    if (finalPod().filter(pod -> TerminationMessages.isUnproven(pod, tokenSha256)).isPresent()) {
      return new AttemptEnd.Disrupted(
          "its pod left a result without the token that its worker was given, so it does not count;"
              + " another attempt fetches the worker's own");
    }
    if (condition(job, COMPLETE).isPresent()) {
      return finalPod().isPresent()
          ? new AttemptEnd.Exited(0)
          : new AttemptEnd.Disrupted(
              "it is complete, but its pod is gone; another attempt fetches the result");
    }
    return finalPod().map(PodReading::end).orElseGet(this::endWithoutPod);
  }

  /** The pod is gone; what remains is the Job's own account of it. */
  private AttemptEnd endWithoutPod() {
    String message =
        condition(job, FAILED).map(JobCondition::getMessage).map(String::valueOf).orElse("");
    Matcher exit = EXIT_CODE.matcher(message);
    return exit.find()
        ? new AttemptEnd.Exited(Integer.parseInt(exit.group(1)))
        : new AttemptEnd.Disrupted("its pod was deleted, and nobody saw how it ended: " + message);
  }

  private Optional<String> waiting(QueueReasons queues) {
    if (finish().isPresent()) {
      return Optional.empty();
    }
    if (Boolean.TRUE.equals(job.getSpec().getSuspend())) {
      @Nullable String queue = job.getMetadata().getLabels().get(Labels.KUEUE_QUEUE);
      return Optional.of(
          queue == null
              ? "its Job is suspended"
              : "Kueue has not admitted it yet, in the local queue '%s'%s"
                  .formatted(queue, queues.of(job, now).map(": "::concat).orElse("")));
    }
    Optional<Pod> pod = livePod();
    return pod.isPresent()
        ? PodReading.waiting(pod.get()).or(() -> slowPod(pod.get()))
        : missingPod();
  }

  /** The fault for which its pod waits, once it has waited for longer than a passing one takes. */
  private Optional<AttemptObservation.Blocker> blocker() {
    return livePod()
        .filter(pod -> finish().isEmpty() && PodReading.startedAt(pod).isEmpty())
        .flatMap(PodReading::blocker)
        .filter(blocker -> blocker.since().plus(BLOCKER_EXPECTED).isBefore(now));
  }

  /** The volume for which its pod waits on a node. */
  private Optional<AttemptObservation.Blocker> unmounted(MountFailures mounts) {
    return livePod()
        .filter(pod -> finish().isEmpty() && overdue(pod) && PodReading.awaitsVolumes(pod))
        .flatMap(
            pod ->
                mounts
                    .of(pod, now)
                    .map(
                        why ->
                            new AttemptObservation.Blocker(
                                PodBlocker.Mount.reason(),
                                why + "; " + PodBlocker.Mount.remedy(),
                                Instant.parse(pod.getMetadata().getCreationTimestamp()))));
  }

  private Optional<String> slowPod(Pod pod) {
    return PodReading.startedAt(pod).isEmpty() && overdue(pod)
        ? Optional.of(
            "its pod has not begun%s; see kubectl describe pod %s"
                .formatted(
                    PodReading.passing(pod).map(reason -> ": " + reason).orElse(""),
                    pod.getMetadata().getName()))
        : Optional.empty();
  }

  private Optional<String> missingPod() {
    return overdue(job)
        ? Optional.of(
            "its Job has no pod, for which a quota, an admission rule or a missing service account"
                + " may be the cause; see kubectl describe job "
                + job.getMetadata().getName())
        : Optional.empty();
  }

  private boolean overdue(HasMetadata resource) {
    return Optional.ofNullable(resource.getMetadata().getCreationTimestamp())
        .map(Instant::parse)
        .filter(created -> created.plus(POD_EXPECTED).isBefore(now))
        .isPresent();
  }

  /** Whether time alone may show that something keeps it from working. */
  boolean mayBeLate() {
    return !ended() && livePod().flatMap(PodReading::startedAt).isEmpty();
  }

  private static Optional<JobCondition> condition(Job job, String type) {
    JobStatus status = job.getStatus();
    return status == null || status.getConditions() == null
        ? Optional.empty()
        : status.getConditions().stream()
            .filter(found -> type.equals(found.getType()))
            .filter(found -> "True".equals(found.getStatus()))
            .findFirst();
  }

  private static Optional<Instant> time(JobCondition condition) {
    return Optional.ofNullable(condition.getLastTransitionTime()).map(Instant::parse);
  }
}
