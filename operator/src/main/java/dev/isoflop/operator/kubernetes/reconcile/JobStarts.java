package dev.isoflop.operator.kubernetes.reconcile;

import dev.isoflop.api.v1alpha1.Trial;
import dev.isoflop.api.v1alpha1.TrialStatus;
import dev.isoflop.api.v1alpha1.status.TrialJob;
import dev.isoflop.common.Sha256;
import dev.isoflop.operator.kubernetes.observe.JobLookup;
import dev.isoflop.operator.kubernetes.observe.JobOrigin;
import dev.isoflop.operator.kubernetes.resources.AttemptTokens;
import dev.isoflop.operator.kubernetes.resources.JobResources;
import dev.isoflop.operator.kubernetes.resources.Owners;
import dev.isoflop.operator.sweep.state.ConditionType;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes the Jobs of attempts so that each can be told from one that somebody else made: the digest
 * of a token is recorded before the Job is made with it, and the Job's uid once it is made. The
 * operator may end between any two of these writes.
 */
final class JobStarts {
  /** Another operator that recorded an attempt makes its Job within this time, or not at all. */
  private static final Duration UNDER_WAY = Duration.ofSeconds(5);

  /** The outcome of a start. */
  enum Outcome {
    /** The Job is there. */
    Started,
    /** Another operator may be about to make it; look again soon. */
    UnderWay,
    /** The status that has to be recorded first was not taken. */
    NotRecorded
  }

  /** Stores a trial's status; empty where it was refused. */
  @FunctionalInterface
  interface StatusRecorder {
    Optional<Trial> store(Trial observed, TrialStatus status) throws StaleViewException;
  }

  private final Cluster cluster;
  private final JobLookup lookup;
  private final AttemptTokens tokens;
  private final JobResources jobs;
  private final StatusRecorder record;
  private final Instant now;

  JobStarts(
      Cluster cluster,
      JobLookup lookup,
      AttemptTokens tokens,
      JobResources jobs,
      StatusRecorder record,
      Instant now) {
    this.cluster = cluster;
    this.lookup = lookup;
    this.tokens = tokens;
    this.jobs = jobs;
    this.record = record;
    this.now = now;
  }

  /** The status to be recorded of a trial; one that begins an attempt gets what its Job will be. */
  TrialStatus recorded(Trial trial, TrialStatus status) {
    @Nullable TrialStatus before = trial.getStatus();
    boolean begins =
        status.job() == null
            && ConditionType.Running.isTrue(status.conditions())
            && status.attempt() > (before == null ? 0 : before.attempt());
    return begins ? withToken(status, tokens.issue(trial)) : status;
  }

  private static TrialStatus withToken(TrialStatus status, String token) {
    return status.withJob(new TrialJob(status.attempt(), Sha256.hex(token), null));
  }

  /** Makes the Job of the attempt that a trial's status has recorded, unless it is there. */
  Outcome start(Trial trial) throws StaleViewException, JobRefusedException, JobInTheWayException {
    TrialStatus status = Objects.requireNonNull(trial.getStatus(), "recorded before");
    @Nullable TrialJob made = status.job();
    boolean awaited = made != null && made.attempt() == status.attempt() && made.uid() == null;
    Optional<String> token =
        awaited ? tokens.of(trial, Objects.requireNonNull(made)) : Optional.empty();
    if (token.isPresent()) {
      return create(trial, token.get());
    }
    Optional<Job> present = present(trial);
    if (present.isPresent()) {
      return take(trial, present.get());
    }
    if (awaited && now.isBefore(begun(status).plus(UNDER_WAY))) {
      return Outcome.UnderWay;
    }
    String another = tokens.issue(trial);
    Optional<Trial> stored = record.store(trial, withToken(status, another));
    return stored.isPresent() ? create(stored.get(), another) : Outcome.NotRecorded;
  }

  /** The Job of that name, if the trial owns it; one of somebody else is met when it is made. */
  private Optional<Job> present(Trial trial) {
    TrialStatus status = Objects.requireNonNull(trial.getStatus());
    String name = JobResources.name(trial.getMetadata().getName(), status.attempt());
    return lookup
        .of(trial.getMetadata().getNamespace(), name)
        .filter(job -> Owners.owns(trial, job));
  }

  private static Instant begun(TrialStatus status) {
    return ConditionType.Running.in(status.conditions())
        .map(running -> Instant.parse(running.getLastTransitionTime()))
        .orElse(Instant.EPOCH);
  }

  private Outcome create(Trial trial, String token)
      throws StaleViewException, JobRefusedException, JobInTheWayException {
    TrialStatus status = Objects.requireNonNull(trial.getStatus());
    return take(trial, cluster.create(jobs.of(trial, status, token)));
  }

  /** Records the uid of a Job that is the attempt's, and removes one that is not. */
  private Outcome take(Trial trial, Job found) throws StaleViewException, JobInTheWayException {
    String name = found.getMetadata().getName();
    boolean deleted = found.getMetadata().getDeletionTimestamp() != null;
    if (JobOrigin.of(trial, found) != JobOrigin.NewestAttempt) {
      throw new JobInTheWayException(
          deleted || removed(found)
              ? "a Job '%s' that the operator did not make is being removed".formatted(name)
              : "the Job '%s' is not one that the operator made, and has yet to be removed"
                  .formatted(name));
    }
    if (deleted) {
      throw new StaleViewException("the Job " + name + " is being deleted");
    }
    tokens.used(trial);
    Optional<TrialStatus> known = withUid(trial, found);
    return known.isEmpty() || record.store(trial, known.get()).isPresent()
        ? Outcome.Started
        : Outcome.NotRecorded;
  }

  private boolean removed(Job foreign) {
    try {
      cluster.removeForeign(foreign);
      return true;
    } catch (StaleViewException changed) {
      return false;
    }
  }

  /** A trial's status with the uid of its Job; empty where that stands there. */
  static Optional<TrialStatus> withUid(Trial trial, Job job) {
    TrialStatus status = Objects.requireNonNull(trial.getStatus());
    @Nullable TrialJob recorded = status.job();
    String uid = job.getMetadata().getUid();
    if (recorded != null && recorded.uid() != null) {
      return Optional.empty();
    }
    TrialJob made =
        recorded == null
            ? new TrialJob(status.attempt(), null, uid)
            : new TrialJob(recorded.attempt(), recorded.tokenSha256(), uid);
    return Optional.of(status.withJob(made));
  }
}
