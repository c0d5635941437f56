package dev.isoflop.operator.kubernetes;

import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.operator.admission.Admission;
import dev.isoflop.operator.admission.Admission.Admitted;
import dev.isoflop.operator.plan.PlanResult;
import dev.isoflop.operator.sweep.SweepAction;
import dev.isoflop.operator.sweep.SweepDecider;
import dev.isoflop.operator.sweep.SweepDecision;
import dev.isoflop.operator.sweep.SweepObservation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One turn of a sweep: observe, decide, act. It may break off anywhere, be it by a stale view, a
 * failing API server or the end of the operator; the next turn leads on from what is there.
 */
public final class SweepTurn {
  /** After a view that was behind the cluster. */
  private static final Duration CATCH_UP = Duration.ofMillis(500);

  /** After the API server refused a Trial or a status, be it for a CRD that is still to follow. */
  private static final Duration REFUSED = Duration.ofSeconds(30);

  private final SweepDecider decider;
  private final Cluster cluster;
  private final WorkerSettings settings;
  private final EventResources events;
  private final Collection collection;
  private final Enquiries enquiries;
  private final Clock clock;
  private final KnownPlans plans;
  private final RefusedJobs refused = new RefusedJobs();
  private final StatusRefusals refusals;
  private final Impediments impediments;
  private final VainRequests vain = new VainRequests();
  private final OwnWrites writes = new OwnWrites();

  SweepTurn(
      Admission admission,
      SweepDecider decider,
      Cluster cluster,
      WorkerSettings settings,
      EventResources events,
      Collection collection,
      Enquiries enquiries,
      Clock clock,
      Runnable statusRefused) {
    this.plans = new KnownPlans(admission);
    this.decider = decider;
    this.cluster = cluster;
    this.settings = settings;
    this.events = events;
    this.collection = collection;
    this.enquiries = enquiries;
    this.clock = clock;
    this.refusals = new StatusRefusals(statusRefused);
    this.impediments = new Impediments(cluster, events, refusals, clock);
  }

  /** Takes a turn and says when to take the next although nothing happens; empty for never. */
  Optional<Instant> take(ClusterView view) {
    Instant now = clock.instant();
    ScalingSweep sweep = view.sweep();
    if (sweep.getMetadata().getDeletionTimestamp() != null) {
      return Optional.empty();
    }
    if (writes.missingIn(view, now)) {
      return Optional.of(now.plus(CATCH_UP));
    }
    Optional<String> problem = Unreadable.problem(sweep);
    if (problem.isPresent()) {
      impediments.unreadable(sweep, problem.get());
      return Optional.empty();
    }
    impediments.unreadable(sweep, view.unreadable());
    Admitted admitted = plans.of(sweep);
    JobResources jobs = new JobResources(settings, sweep);
    Optional<String> madeFrom =
        admitted.plan() instanceof PlanResult.Planned
            ? Optional.of(jobs.madeFrom())
            : Optional.empty();
    ClusterObservation seen =
        new ClusterObservation(view, collection.progress(sweep), refused, enquiries, madeFrom, now);
    SweepDecision decision = decider.decide(observation(sweep, admitted, seen, now));
    ClusterActions actions =
        new ClusterActions(view, seen, cluster, jobs, events, refused, refusals, writes, now);
    try {
      actions.announce(decision.announcements());
      actions.announce(vain, decision.trials());
      for (SweepAction action : decision.actions()) {
        actions.carryOut(action);
      }
      actions.tellOfTrials();
      actions.collectEnded();
      if (actions.jobsRefused()) {
        return Optional.of(now);
      }
      actions.store(decision.status());
    } catch (StaleViewException behind) {
      actions.tellOfTrials();
      return Optional.of(now.plus(CATCH_UP));
    }
    Optional<Instant> refusedAgain =
        actions.refused() ? Optional.of(now.plus(REFUSED)) : Optional.empty();
    return earliest(refusedAgain, earliest(decision.lookAgain(), seen.lookAgain()));
  }

  /** Says of a sweep that its turn broke off, where that is not the whole cluster's trouble. */
  void broke(ScalingSweep sweep, RuntimeException failure) {
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
        Integer.MAX_VALUE,
        admitted.window(now),
        collection.health(sweep, now),
        false,
        Labels.retry(sweep),
        now);
  }

  private static Optional<Instant> earliest(Optional<Instant> one, Optional<Instant> other) {
    return one.filter(time -> other.filter(time::isAfter).isEmpty()).or(() -> other);
  }
}
