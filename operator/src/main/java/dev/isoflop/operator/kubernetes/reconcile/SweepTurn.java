package dev.isoflop.operator.kubernetes.reconcile;

import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.operator.admission.Admission;
import dev.isoflop.operator.backend.Backend;
import dev.isoflop.operator.kubernetes.observe.ClusterView;
import dev.isoflop.operator.kubernetes.observe.Collection;
import dev.isoflop.operator.kubernetes.observe.Enquiries;
import dev.isoflop.operator.kubernetes.observe.Unreadable;
import dev.isoflop.operator.kubernetes.resources.JobResources;
import dev.isoflop.operator.kubernetes.resources.WorkerSettings;
import dev.isoflop.operator.plan.PlanResult;
import dev.isoflop.operator.sweep.decide.SweepDecider;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * One turn of a sweep: observe, decide, act. It may break off anywhere, be it by a stale view, a
 * failing API server or the end of the operator; the next turn leads on from what is there.
 */
public final class SweepTurn {
  /** After a view that was behind the cluster. */
  private static final Duration CATCH_UP = Duration.ofMillis(500);

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
    JobBackend backend =
        new JobBackend(
            view,
            plans.of(sweep),
            cluster,
            new JobResources(settings, sweep),
            events,
            collection,
            enquiries,
            memory,
            now);
    try {
      return backend.lookAgain(Backend.turn(backend, decider));
    } catch (StaleViewException behind) {
      backend.tellOfTrials();
      throw behind;
    }
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
}
