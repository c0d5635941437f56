package dev.isoflop.operator.kubernetes.reconcile;

import static java.util.stream.Collectors.toMap;

import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.api.v1alpha1.ScalingSweepStatus;
import dev.isoflop.api.v1alpha1.Trial;
import dev.isoflop.api.v1alpha1.TrialStatus;
import dev.isoflop.operator.kubernetes.observe.ClusterObservation;
import dev.isoflop.operator.kubernetes.observe.ClusterView;
import dev.isoflop.operator.kubernetes.observe.ClusterView.ForeignJob;
import dev.isoflop.operator.kubernetes.observe.JobLookup;
import dev.isoflop.operator.kubernetes.observe.JobReading;
import dev.isoflop.operator.kubernetes.observe.RefusedJobs;
import dev.isoflop.operator.kubernetes.reconcile.Transitions.Notice;
import dev.isoflop.operator.kubernetes.resources.JobResources;
import dev.isoflop.operator.kubernetes.resources.TrialResources;
import dev.isoflop.operator.plan.PlannedTrial;
import dev.isoflop.operator.sweep.decide.SweepAction;
import dev.isoflop.operator.sweep.state.Announcement;
import dev.isoflop.operator.sweep.state.ConditionType;
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

/** Carries out what was decided, in order, and tells what came of it. */
final class ClusterActions {
  /** A finished Job keeps its pod's log for so long once its end is recorded. */
  private static final Duration KEPT = Duration.ofHours(1);

  /** Trials that are not the sweep's and are met in one turn before it is taken again. */
  private static final int IN_THE_WAY_AT_ONCE = 20;

  private final ClusterView view;
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
  private final Map<String, String> keys;
  private final Instant now;
  private final Map<String, Trial> trials = new HashMap<>();
  private final TrialNews news = new TrialNews();
  private final Set<String> untouched = new HashSet<>();
  private boolean jobsRefused;
  private boolean startsUnderWay;
  private int inTheWay;
  private boolean statusesRefused;
  private Optional<String> trialRefused = Optional.empty();

  ClusterActions(
      ClusterView view,
      ClusterObservation seen,
      Cluster cluster,
      JobResources jobs,
      EventResources events,
      JobLookup lookup,
      TurnMemory memory,
      List<PlannedTrial> planned,
      Instant now) {
    this.view = view;
    this.seen = seen;
    this.cluster = cluster;
    this.jobs = jobs;
    this.events = events;
    this.memory = memory;
    this.refused = memory.refused();
    this.statuses = new StatusStore(cluster, now);
    this.refusals = memory.refusals();
    this.starts = new JobStarts(cluster, lookup, memory.tokens(), jobs, this::stored, now);
    this.foreign = ForeignJobs.settled(view, now);
    this.keys = planned.stream().collect(toMap(PlannedTrial::name, PlannedTrial::key));
    this.now = now;
    view.unreadable().forEach(trial -> untouched.add(trial.getMetadata().getName()));
    view.trials().forEach(trial -> trials.put(trial.getMetadata().getName(), trial));
  }

  /** Tells what the decision is about to do. */
  void announce(List<Announcement> announcements) {
    tell(view.sweep(), announcements.stream().map(Transitions::notice).toList());
  }

  /** Tells of requests to try again that ask for nothing. */
  void announce(VainRequests requests, List<PlannedTrial> planned) {
    requests.tell(view, planned, (about, notice) -> tell(about, List.of(notice)));
  }

  /**
   * Carries out an action. What was not recorded is not done: of a trial whose status could not be
   * stored nothing more happens in this turn, of one that cannot be read nothing at all, and the
   * others go on.
   */
  void carryOut(SweepAction action) throws StaleViewException {
    if (untouched.contains(action.trial())) {
      return;
    }
    if (action instanceof SweepAction.CreateTrial create) {
      create(create.planned());
    } else if (action instanceof SweepAction.RecordTrial record) {
      Trial trial = trial(record);
      record(trial, starts.recorded(trial, record.status()));
    } else if (action instanceof SweepAction.StartAttempt start) {
      start(trial(start));
    } else if (action instanceof SweepAction.StopAttempt stop) {
      stop(trial(stop), stop.number());
    }
  }

  /** Once a Trial is refused no further one is sent in this turn. */
  private void create(PlannedTrial planned) throws StaleViewException {
    if (trialRefused.isPresent() || inTheWay >= IN_THE_WAY_AT_ONCE) {
      untouched.add(planned.name());
      return;
    }
    try {
      wrote(cluster.create(TrialResources.of(view.sweep(), planned)));
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
    memory.inTheWay().found(view.sweep(), trial, whose, now);
  }

  /** Whether Trials were found that are not the sweep's; others may start in their place. */
  boolean trialsInTheWay() {
    return inTheWay > 0;
  }

  /** Whether the API server refused a Trial or a part of a status; it may take it later. */
  boolean refused() {
    return statusesRefused || trialRefused.isPresent();
  }

  /** Whether the API server refused a Job; the status should tell, so observe again. */
  boolean jobsRefused() {
    return jobsRefused;
  }

  /** Whether another operator may be about to make a Job. */
  boolean startsUnderWay() {
    return startsUnderWay;
  }

  private Trial trial(SweepAction action) {
    return Objects.requireNonNull(
        trials.get(action.trial()), "only trials that exist are acted on");
  }

  private Optional<Trial> stored(Trial trial, TrialStatus status) throws StaleViewException {
    StatusStore.Stored<Trial> stored = statuses.store(trial, status);
    tellRefusal(trial, stored.refusal(), List.of());
    stored.resource().ifPresent(this::wrote);
    return stored.resource();
  }

  private void record(Trial trial, TrialStatus status) throws StaleViewException {
    Optional<Trial> stored = stored(trial, status);
    if (stored.isEmpty()) {
      untouched.add(trial.getMetadata().getName());
      return;
    }
    List<Notice> notices = Transitions.of(trial.getStatus(), stored.get().getStatus());
    tell(trial, notices);
    news.add(trial.getMetadata().getName(), notices);
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
    news.take().forEach(notice -> cluster.publish(events.of(view.sweep(), notice, now)));
  }

  private void wrote(Trial stored) {
    trials.put(stored.getMetadata().getName(), stored);
    memory.writes().wrote(view.sweep(), stored, now);
  }

  private void start(Trial trial) throws StaleViewException {
    if (trial.getMetadata().getDeletionTimestamp() != null) {
      return;
    }
    if (!asPlanned(trial)) {
      inTheWay(trial.getMetadata().getName(), "holds another experiment than the plan");
      return;
    }
    int number = Objects.requireNonNull(trial.getStatus(), "recorded before").attempt();
    String namespace = trial.getMetadata().getNamespace();
    String name = JobResources.name(trial.getMetadata().getName(), number);
    try {
      switch (starts.start(trial)) {
        case Started -> refused.created(namespace, name);
        case UnderWay -> startsUnderWay = true;
        case NotRecorded -> untouched.add(trial.getMetadata().getName());
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

  private void stop(Trial trial, int number) {
    seen.attempts(trial).stream()
        .filter(attempt -> attempt.number() == number)
        .forEach(attempt -> cluster.delete(attempt.job()));
  }

  /** Tells of Jobs that somebody else made. */
  void tellOfForeignJobs() {
    memory.foreign().tell(foreign, (about, notice) -> tell(about, List.of(notice)));
  }

  /** Lets Jobs go whose end stands in their trial's status. */
  void collectEnded() {
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

  /** Stores the sweep's status if it is another than before. */
  void store(ScalingSweepStatus decided) throws StaleViewException {
    ScalingSweep sweep = view.sweep();
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

  private List<ImpededStatus.Problem> problems() {
    List<String> unreadable =
        view.unreadable().stream().map(trial -> trial.getMetadata().getName()).toList();
    return Stream.of(
            trialRefused.map(why -> new ImpededStatus.Problem(SweepReason.CallRefused, why)),
            TrialsInTheWay.problem(memory.inTheWay().held(view.sweep(), now)),
            ImpededStatus.unreadable(unreadable),
            ForeignJobs.problem(foreign))
        .flatMap(Optional::stream)
        .toList();
  }

  private void tell(HasMetadata about, List<Notice> notices) {
    for (Notice notice : notices) {
      NoticeLog.write(view.sweep(), about, notice);
      cluster.publish(events.of(about, notice, now));
    }
  }
}
