package dev.isoflop.operator.kubernetes.reconcile;

import static java.util.stream.Collectors.toMap;

import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.api.v1alpha1.ScalingSweepStatus;
import dev.isoflop.api.v1alpha1.Trial;
import dev.isoflop.api.v1alpha1.TrialStatus;
import dev.isoflop.operator.admission.Admission.Admitted;
import dev.isoflop.operator.backend.Backend;
import dev.isoflop.operator.kubernetes.observe.ClusterObservation;
import dev.isoflop.operator.kubernetes.observe.ClusterView;
import dev.isoflop.operator.kubernetes.observe.ClusterView.ForeignJob;
import dev.isoflop.operator.kubernetes.observe.Collection;
import dev.isoflop.operator.kubernetes.observe.Enquiries;
import dev.isoflop.operator.kubernetes.observe.JobReading;
import dev.isoflop.operator.kubernetes.observe.RefusedJobs;
import dev.isoflop.operator.kubernetes.reconcile.Transitions.Notice;
import dev.isoflop.operator.kubernetes.resources.JobResources;
import dev.isoflop.operator.kubernetes.resources.Labels;
import dev.isoflop.operator.kubernetes.resources.TrialResources;
import dev.isoflop.operator.plan.PlanResult;
import dev.isoflop.operator.plan.PlannedTrial;
import dev.isoflop.operator.sweep.decide.SweepDecision;
import dev.isoflop.operator.sweep.observe.SweepObservation;
import dev.isoflop.operator.sweep.state.ConditionType;
import dev.isoflop.operator.sweep.state.StopReason;
import dev.isoflop.operator.sweep.status.ImpededStatus;
import dev.isoflop.operator.sweep.status.SweepReason;
import dev.isoflop.trial.TrialKey;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** One turn of a sweep whose trials are Jobs: what is there, what is done, and what came of it. */
final class JobBackend implements Backend<StaleViewException> {
  /** After the API server refused a Trial or a status, be it for a CRD that is still to follow. */
  private static final Duration REFUSED = Duration.ofSeconds(30);

  /** While another operator may be about to make a Job. */
  private static final Duration UNDER_WAY = Duration.ofSeconds(2);

  /** A finished Job keeps its pod's log for so long once its end is recorded. */
  private static final Duration KEPT = Duration.ofHours(1);

  /** Trials that are not the sweep's and are met in one turn before it is taken again. */
  private static final int IN_THE_WAY_AT_ONCE = 20;

  private final ClusterView view;
  private final ScalingSweep sweep;
  private final Admitted admitted;
  private final Collection collection;
  private final ClusterObservation seen;
  private final Cluster cluster;
  private final JobResources jobs;
  private final EventResources events;
  private final TurnMemory memory;
  private final RefusedJobs refused;
  private final StatusStore statuses;
  private final StatusRefusals refusals;
  private final JobStarts starts;
  private final List<ForeignJob> foreign;
  private final Instant now;
  private final Map<String, Trial> trials = new HashMap<>();
  private final TrialNews news = new TrialNews();
  private final Set<String> untouched = new HashSet<>();
  private boolean jobsRefused;
  private boolean startsUnderWay;
  private int inTheWay;
  private boolean statusesRefused;
  private Optional<String> trialRefused = Optional.empty();
  private Map<String, String> keys = Map.of();

  JobBackend(
      ClusterView view,
      Admitted admitted,
      Cluster cluster,
      JobResources jobs,
      EventResources events,
      Collection collection,
      Enquiries enquiries,
      TurnMemory memory,
      Instant now) {
    this.view = view;
    this.sweep = view.sweep();
    this.admitted = admitted;
    this.collection = collection;
    this.cluster = cluster;
    this.jobs = jobs;
    this.events = events;
    this.memory = memory;
    this.refused = memory.refused();
    this.statuses = new StatusStore(cluster, now);
    this.refusals = memory.refusals();
    this.starts =
        new JobStarts(cluster, enquiries.jobs(), memory.tokens(), jobs, this::stored, now);
    this.foreign = ForeignJobs.settled(view, now);
    Optional<String> madeFrom =
        admitted.plan() instanceof PlanResult.Planned
            ? Optional.of(jobs.madeFrom())
            : Optional.empty();
    this.seen = new ClusterObservation(view, collection, refused, enquiries, madeFrom, now);
    this.now = now;
    view.unreadable().forEach(trial -> untouched.add(trial.getMetadata().getName()));
    view.trials().forEach(trial -> trials.put(trial.getMetadata().getName(), trial));
  }

  @Override
  public SweepObservation observe() {
    return new SweepObservation(
        sweep.getMetadata().getName(),
        Optional.ofNullable(sweep.getMetadata().getGeneration()).orElse(0L),
        sweep.getSpec(),
        admitted.plan(),
        Optional.ofNullable(sweep.getStatus()),
        seen.trials(),
        memory.inTheWay().held(sweep, now).keySet(),
        Integer.MAX_VALUE,
        admitted.window(now),
        collection.health(sweep, now),
        false,
        Labels.retry(sweep),
        now);
  }

  /** Tells also of requests to try again that ask for nothing, and of Jobs of somebody else. */
  @Override
  public void announce(SweepDecision decision) {
    keys = decision.trials().stream().collect(toMap(PlannedTrial::name, PlannedTrial::key));
    tell(sweep, decision.announcements().stream().map(Transitions::notice).toList());
    memory.vain().tell(view, decision.trials(), (about, notice) -> tell(about, List.of(notice)));
    memory.foreign().tell(foreign, (about, notice) -> tell(about, List.of(notice)));
  }

  /** Once a Trial is refused no further one is sent in this turn. */
  @Override
  public void create(PlannedTrial planned) throws StaleViewException {
    if (untouched.contains(planned.name())) {
      return;
    }
    if (trialRefused.isPresent() || inTheWay >= IN_THE_WAY_AT_ONCE) {
      untouched.add(planned.name());
      return;
    }
    try {
      wrote(cluster.create(TrialResources.of(sweep, planned)));
    } catch (TrialInTheWayException e) {
      inTheWay(planned.name(), String.valueOf(e.getMessage()));
    } catch (TrialRefusedException e) {
      untouched.add(planned.name());
      trialRefused =
          Optional.of(
              "the trial %s cannot be created, and is tried again: %s"
                  .formatted(planned.name(), e.getMessage()));
    }
  }

  private void inTheWay(String trial, String whose) {
    untouched.add(trial);
    inTheWay++;
    memory.inTheWay().found(sweep, trial, whose, now);
  }

  private Optional<Trial> stored(Trial trial, TrialStatus status) throws StaleViewException {
    StatusStore.Stored<Trial> stored = statuses.store(trial, status);
    tellRefusal(trial, stored.refusal(), List.of());
    stored.resource().ifPresent(this::wrote);
    return stored.resource();
  }

  /** Records a status; where it is refused, nothing more happens to the trial in this turn. */
  @Override
  public void record(String name, TrialStatus status) throws StaleViewException {
    if (untouched.contains(name)) {
      return;
    }
    Trial trial = trial(name);
    Optional<Trial> stored = stored(trial, starts.recorded(trial, status));
    if (stored.isEmpty()) {
      untouched.add(name);
      return;
    }
    List<Notice> notices = Transitions.of(trial.getStatus(), stored.get().getStatus());
    tell(trial, notices);
    news.add(name, notices);
  }

  private Trial trial(String name) {
    return Objects.requireNonNull(trials.get(name), () -> name + ": was never created");
  }

  /** Tells of a refusal that is new, unless another notice does. */
  private void tellRefusal(HasMetadata about, Optional<String> refusal, List<Notice> others) {
    if (refusal.isEmpty()) {
      refusals.stored(about);
      return;
    }
    statusesRefused = true;
    String reason = SweepReason.StatusRefused.name();
    if (refusals.isNews(about, refusal.get())
        && others.stream().noneMatch(notice -> notice.reason().equals(reason))) {
      tell(
          about,
          List.of(
              new Notice(
                  true,
                  reason,
                  "the API server refuses its status, and keeps what it takes of it: "
                      + refusal.get(),
                  "")));
    }
  }

  /** Tells of the sweep what happened to its trials. */
  void tellOfTrials() {
    news.take().forEach(notice -> cluster.publish(events.of(sweep, notice, now)));
  }

  private void wrote(Trial stored) {
    trials.put(stored.getMetadata().getName(), stored);
    memory.writes().wrote(sweep, stored, now);
  }

  @Override
  public void start(String trialName, int attempt) throws StaleViewException {
    if (untouched.contains(trialName)) {
      return;
    }
    Trial trial = trial(trialName);
    if (trial.getMetadata().getDeletionTimestamp() != null) {
      return;
    }
    if (!asPlanned(trial)) {
      inTheWay(trialName, "holds another experiment than the plan");
      return;
    }
    String namespace = trial.getMetadata().getNamespace();
    String name = JobResources.name(trialName, attempt);
    try {
      switch (starts.start(trial)) {
        case Started -> refused.created(namespace, name);
        case UnderWay -> startsUnderWay = true;
        case NotRecorded -> untouched.add(trialName);
      }
    } catch (JobInTheWayException e) {
      jobsRefused |=
          refused.inTheWay(namespace, name, jobs.madeFrom(), String.valueOf(e.getMessage()), now);
    } catch (JobRefusedException e) {
      jobsRefused = true;
      refused.refused(
          namespace,
          name,
          jobs.madeFrom(),
          "the API server refuses its Job: " + e.getMessage(),
          now);
    }
  }

  /** Whether a trial holds the planned experiment; somebody may have written it by hand. */
  private boolean asPlanned(Trial trial) {
    String key = keys.get(trial.getMetadata().getName());
    return trial.getSpec().key().equals(key)
        && TrialKey.of(trial.getSpec().experiment()).equals(key);
  }

  @Override
  public void stop(String trial, int number, StopReason reason) {
    if (!untouched.contains(trial)) {
      seen.attempts(trial(trial)).stream()
          .filter(attempt -> attempt.number() == number)
          .forEach(attempt -> cluster.delete(attempt.job()));
    }
  }

  /** Lets Jobs go whose end stands in their trial's status. */
  private void collectEnded() {
    for (Trial trial : trials.values()) {
      TrialStatus status = trial.getStatus();
      if (status != null) {
        Stream<Job> ended =
            seen.attempts(trial).stream()
                .filter(JobReading::ended)
                .filter(attempt -> entered(status, attempt.number()))
                .map(JobReading::job);
        Stream.concat(ended, view.earlierJobs(trial).stream())
            .filter(job -> job.getSpec().getTtlSecondsAfterFinished() == null)
            .filter(job -> job.getMetadata().getDeletionTimestamp() == null)
            .forEach(job -> cluster.expire(job, KEPT));
      }
    }
  }

  private static boolean entered(TrialStatus status, int number) {
    return number < status.attempt()
        || (number == status.attempt() && !ConditionType.Running.isTrue(status.conditions()));
  }

  /**
   * Stores the sweep's status if it is another than before, once it was told what happened to its
   * trials. Where a Job was refused, the next turn stores the status that tells so.
   */
  @Override
  public void store(ScalingSweepStatus decided) throws StaleViewException {
    tellOfTrials();
    collectEnded();
    if (jobsRefused) {
      return;
    }
    ScalingSweepStatus status = ImpededStatus.with(sweep.getStatus(), decided, problems(), now);
    if (!status.equals(sweep.getStatus())) {
      StatusStore.Stored<ScalingSweep> stored = statuses.store(sweep, status);
      List<Notice> notices =
          stored
              .resource()
              .map(written -> Transitions.of(sweep.getStatus(), written.getStatus()))
              .orElse(List.of());
      tellRefusal(sweep, stored.refusal(), notices);
      tell(sweep, notices);
    }
  }

  /** When to take the next turn although nothing happens; empty for never. */
  Optional<Instant> lookAgain(SweepDecision decision) {
    if (jobsRefused || inTheWay > 0) {
      return Optional.of(now); // the status should tell, and others may start in their place
    }
    boolean refused = statusesRefused || trialRefused.isPresent();
    return Stream.of(
            refused ? Optional.of(now.plus(REFUSED)) : Optional.<Instant>empty(),
            startsUnderWay ? Optional.of(now.plus(UNDER_WAY)) : Optional.<Instant>empty(),
            ForeignJobs.lookAgain(view, now),
            memory.inTheWay().lookAgain(sweep, now),
            decision.lookAgain(),
            seen.lookAgain())
        .flatMap(Optional::stream)
        .min(Instant::compareTo);
  }

  private List<ImpededStatus.Problem> problems() {
    List<String> unreadable =
        view.unreadable().stream().map(trial -> trial.getMetadata().getName()).toList();
    return Stream.of(
            trialRefused.map(why -> new ImpededStatus.Problem(SweepReason.CallRefused, why)),
            TrialsInTheWay.problem(memory.inTheWay().held(sweep, now)),
            ImpededStatus.unreadable(unreadable),
            ForeignJobs.problem(foreign))
        .flatMap(Optional::stream)
        .toList();
  }

  private void tell(HasMetadata about, List<Notice> notices) {
    for (Notice notice : notices) {
      NoticeLog.write(sweep, about, notice);
      cluster.publish(events.of(about, notice, now));
    }
  }
}
