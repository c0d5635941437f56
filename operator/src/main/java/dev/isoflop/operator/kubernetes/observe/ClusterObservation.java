package dev.isoflop.operator.kubernetes.observe;

import dev.isoflop.api.v1alpha1.Trial;
import dev.isoflop.api.v1alpha1.TrialStatus;
import dev.isoflop.api.v1alpha1.status.TrialJob;
import dev.isoflop.operator.kubernetes.resources.JobResources;
import dev.isoflop.operator.kubernetes.resources.Labels;
import dev.isoflop.operator.sweep.observe.AttemptEnd;
import dev.isoflop.operator.sweep.observe.AttemptObservation;
import dev.isoflop.operator.sweep.observe.TrialObservation;
import dev.isoflop.operator.sweep.state.ConditionType;
import dev.isoflop.operator.sweep.state.StopReason;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A view of the cluster in the terms of the decisions. */
public final class ClusterObservation {
  private final ClusterView view;
  private final Collection collection;
  private final RefusedJobs refused;
  private final Enquiries enquiries;
  private final Optional<String> madeFrom;
  private final Instant now;
  private final Map<String, List<JobReading>> attempts = new HashMap<>();

  /**
   * @param madeFrom digest of what Jobs would be made from now; empty where none would be made
   */
  public ClusterObservation(
      ClusterView view,
      Collection collection,
      RefusedJobs refused,
      Enquiries enquiries,
      Optional<String> madeFrom,
      Instant now) {
    this.view = view;
    this.collection = collection;
    this.enquiries = enquiries;
    this.madeFrom = madeFrom;
    this.refused = refused;
    this.now = now;
  }

  public List<TrialObservation> trials() {
    return view.trials().stream().map(this::observe).toList();
  }

  /** When to look again at what only time makes known, such as a Job that gets no pod. */
  public Optional<Instant> lookAgain() {
    return view.trials().stream()
        .flatMap(trial -> Stream.concat(retry(trial).stream(), lateness(trial).stream()))
        .filter(now::isBefore)
        .min(Instant::compareTo);
  }

  private Optional<Instant> lateness(Trial trial) {
    return attempts(trial).stream()
        .findFirst()
        .filter(JobReading::mayBeLate)
        .map(
            reading ->
                reading.awaitsPod() ? reading.podGoneAt() : now.plus(JobReading.POD_EXPECTED));
  }

  private Optional<Instant> retry(Trial trial) {
    TrialStatus status = trial.getStatus();
    return status == null
        ? Optional.empty()
        : refused.retryAt(
            trial.getMetadata().getNamespace(),
            JobResources.name(trial.getMetadata().getName(), status.attempt()));
  }

  /** The Jobs of a trial, the newest attempt first. */
  public List<JobReading> attempts(Trial trial) {
    return attempts.computeIfAbsent(trial.getMetadata().getUid(), uid -> read(trial));
  }

  private List<JobReading> read(Trial trial) {
    return view.jobs(trial).stream()
        .map(job -> new JobReading(job, view.pods(job), now, tokenSha256(trial), false))
        .map(reading -> reading.awaitsPod() ? withPodsOfNow(trial, reading) : reading)
        .sorted(Comparator.comparing(JobReading::number).reversed())
        .toList();
  }

  /** Whether the end of the attempt is still to be entered. */
  private static boolean isOpen(Trial trial, JobReading reading) {
    TrialStatus status = trial.getStatus();
    return status == null
        || reading.number() > status.attempt()
        || (reading.number() == status.attempt()
            && ConditionType.Running.isTrue(status.conditions()));
  }

  /**
   * A pod that was deleted is gone as soon as its Job has ended; nothing is to be waited for. Where
   * that end was entered before, the attempt must not look as if it ran again.
   */
  private JobReading withPodsOfNow(Trial trial, JobReading reading) {
    List<Pod> found = isOpen(trial, reading) ? enquiries.pods().of(reading.job()) : reading.pods();
    return new JobReading(reading.job(), found, now, reading.tokenSha256(), true);
  }

  private static Optional<String> tokenSha256(Trial trial) {
    return Optional.ofNullable(trial.getStatus()).map(TrialStatus::job).map(TrialJob::tokenSha256);
  }

  private TrialObservation observe(Trial trial) {
    Optional<JobReading> newest = attempts(trial).stream().findFirst();
    return new TrialObservation(
        trial.getMetadata().getName(),
        Optional.ofNullable(trial.getStatus()),
        attempt(trial, newest),
        newest.flatMap(JobReading::result),
        newest.map(JobReading::lost).orElse(List.of()),
        Labels.retry(trial),
        Labels.givenUp(trial));
  }

  private AttemptObservation attempt(Trial trial, Optional<JobReading> newest) {
    Optional<AttemptObservation> lacking = attemptWithoutJob(trial, newest);
    return lacking.orElseGet(
        () ->
            newest
                .map(
                    reading ->
                        reading.attempt(
                            collection.progress(view.sweep(), trial, now), enquiries, madeFrom))
                .orElseGet(AttemptObservation::absent));
  }

  /** The attempt that the status records but for which there is no Job. */
  private Optional<AttemptObservation> attemptWithoutJob(Trial trial, Optional<JobReading> newest) {
    TrialStatus status = trial.getStatus();
    if (status == null
        || !ConditionType.Running.isTrue(status.conditions())
        || newest.filter(reading -> reading.number() >= status.attempt()).isPresent()) {
      return Optional.empty();
    }
    if (StopReason.recorded(status).isPresent()) {
      return Optional.of(
          new AttemptObservation.Ended(
              status.attempt(),
              now,
              now,
              new AttemptEnd.Disrupted("its Job was deleted to stop it")));
    }
    String namespace = trial.getMetadata().getNamespace();
    String job = JobResources.name(trial.getMetadata().getName(), status.attempt());
    return refused.holds(namespace, job, madeFrom.orElse(""), now)
        ? Optional.of(
            new AttemptObservation.Running(
                status.attempt(),
                now,
                false,
                Optional.empty(),
                refused.reason(namespace, job, now)))
        : Optional.empty();
  }
}
