package dev.isoflop.operator.kubernetes.reconcile;

import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.operator.admission.Admission;
import dev.isoflop.operator.admission.Admission.Admitted;
import dev.isoflop.operator.kubernetes.observe.ClusterObservation;
import dev.isoflop.operator.kubernetes.observe.ClusterView;
import dev.isoflop.operator.kubernetes.observe.Collection;
import dev.isoflop.operator.kubernetes.observe.Enquiries;
import dev.isoflop.operator.kubernetes.observe.Unreadable;
import dev.isoflop.operator.kubernetes.resources.JobResources;
import dev.isoflop.operator.kubernetes.resources.Labels;
import dev.isoflop.operator.kubernetes.resources.WorkerSettings;
import dev.isoflop.operator.plan.PlanResult;
import dev.isoflop.operator.sweep.decide.SweepAction;
import dev.isoflop.operator.sweep.decide.SweepDecider;
import dev.isoflop.operator.sweep.decide.SweepDecision;
import dev.isoflop.operator.sweep.observe.SweepObservation;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * One turn of a sweep: observe, decide, act. It may break off anywhere, be it by a stale view, a
 * failing API server or the end of the operator; the next turn leads on from what is there.
 */
public final class SweepTurn {
  /** After a view that was behind the cluster. */
  private static final Duration CATCH_UP = Duration.ofMillis(500);

  /** After the API server refused a Trial or a status, be it for a CRD that is still to follow. */
  private static final Duration REFUSED = Duration.ofSeconds(30);

  /** While another operator may be about to make a Job. */
  private static final Duration UNDER_WAY = Duration.ofSeconds(2);

  private final SweepDecider decider;
  private final Cluster cluster;
  private final WorkerSettings settings;
  private final EventResources events;
  private final Collection collection;
  private final Enquiries enquiries;
  private final Clock clock;
  private final KnownPlans plans;
  private final TurnMemory memory;
  private final Impediments impediments;
  private final VainRequests vain = new VainRequests();

  public SweepTurn(
      Admission admission,
      SweepDecider decider,
      Cluster cluster,
      WorkerSettings settings,
      EventResources events,
      Collection collection,
      Enquiries enquiries,
      Clock clock,
      TurnCounts counts) {
    this.plans = new KnownPlans(admission);
    this.decider = decider;
    this.cluster = cluster;
    this.settings = settings;
    this.events = events;
    this.collection = collection;
    this.enquiries = enquiries;
    this.clock = clock;
    this.memory = new TurnMemory(counts);
    this.impediments = new Impediments(cluster, events, memory.refusals(), clock);
  }

  /** Takes a turn and says when to take the next although nothing happens; empty for never. */
  public Optional<Instant> take(ClusterView view) {
    Instant now = clock.instant();
    ScalingSweep sweep = view.sweep();
    if (sweep.getMetadata().getDeletionTimestamp() != null) {
      return Optional.empty();
    }
    if (memory.writes().missingIn(view, now)) {
      return Optional.of(now.plus(CATCH_UP));
    }
    Optional<String> problem = Unreadable.problem(sweep);
    if (problem.isPresent()) {
      impediments.unreadable(sweep, problem.get());
      return Optional.empty();
    }
    impediments.unreadable(sweep, view.unreadable());
    try {
      return act(new JobAdoption(cluster, memory.writes(), now).in(view), now);
    } catch (StaleViewException behind) {
      return Optional.of(now.plus(CATCH_UP));
    }
  }

  private Optional<Instant> act(ClusterView view, Instant now) throws StaleViewException {
    ScalingSweep sweep = view.sweep();
    Admitted admitted = plans.of(sweep);
    JobResources jobs = new JobResources(settings, sweep);
    Optional<String> madeFrom =
        admitted.plan() instanceof PlanResult.Planned
            ? Optional.of(jobs.madeFrom())
            : Optional.empty();
    ClusterObservation seen =
        new ClusterObservation(
            view, collection.progress(sweep), memory.refused(), enquiries, madeFrom, now);
    SweepDecision decision = decider.decide(observation(sweep, admitted, seen, now));
    ClusterActions actions =
        new ClusterActions(
            view, seen, cluster, jobs, events, enquiries.jobs(), memory, decision.trials(), now);
    try {
      actions.announce(decision.announcements());
      actions.announce(vain, decision.trials());
      actions.tellOfForeignJobs();
      for (SweepAction action : decision.actions()) {
        actions.carryOut(action);
      }
      actions.tellOfTrials();
      actions.collectEnded();
      if (actions.jobsRefused()) {
        return Optional.of(now);
      }
      actions.store(decision.status());
      if (actions.trialsInTheWay()) {
        return Optional.of(now);
      }
    } catch (StaleViewException behind) {
      actions.tellOfTrials();
      throw behind;
    }
    return Stream.of(
            actions.refused() ? Optional.of(now.plus(REFUSED)) : Optional.<Instant>empty(),
            actions.startsUnderWay() ? Optional.of(now.plus(UNDER_WAY)) : Optional.<Instant>empty(),
            ForeignJobs.lookAgain(view, now),
            memory.inTheWay().lookAgain(sweep, now),
            decision.lookAgain(),
            seen.lookAgain())
        .flatMap(Optional::stream)
        .min(Instant::compareTo);
  }

  /**
   * Forgets sweeps that are no longer there.
   *
   * @param present sweeps that are
   * @param uids of them
   */
  void retain(Predicate<ResourceID> present, Set<String> uids) {
    memory.writes().retain(present);
    plans.retain(uids);
  }

  /** Says of a sweep that its turn broke off, where that is not the whole cluster's trouble. */
  public void broke(ScalingSweep sweep, RuntimeException failure) {
    impediments.broken(sweep, failure);
  }

  /** Whether the sweep can be trained as it is written. */
  boolean admits(ScalingSweep sweep) {
    return !Unreadable.is(sweep) && plans.of(sweep).plan() instanceof PlanResult.Planned;
  }

  private SweepObservation observation(
      ScalingSweep sweep, Admitted admitted, ClusterObservation seen, Instant now) {
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
}
