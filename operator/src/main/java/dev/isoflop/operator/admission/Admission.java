package dev.isoflop.operator.admission;

import dev.isoflop.api.v1alpha1.ScalingSweepSpec;
import dev.isoflop.operator.plan.PlanError;
import dev.isoflop.operator.plan.PlanResult;
import dev.isoflop.operator.plan.SweepPlanner;
import dev.isoflop.operator.sweep.observe.LaunchWindowState;
import dev.isoflop.operator.timing.BadWindowException;
import dev.isoflop.operator.timing.LaunchWindows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Plans sweeps and refuses those that cannot run, before anything of them exists. Whoever takes a
 * manifest asks here, so that what one refuses none accepts.
 */
public final class Admission {
  private final SweepPlanner planner = new SweepPlanner();
  private final Optional<PodPolicy> pods;
  private final CollectionRules collection;

  /** Rules where no installation is known: what each decides for itself is accepted. */
  public Admission() {
    this.pods = Optional.empty();
    this.collection = CollectionRules.ofManifests();
  }

  /**
   * Rules of an installation.
   *
   * @param pods what templates of pods may ask for
   * @param collection what collections may ask
   */
  public Admission(PodPolicy pods, CollectionRules collection) {
    this.pods = Optional.of(pods);
    this.collection = collection;
  }

  /**
   * A sweep's plan, or all that stands against it.
   *
   * @param windows when trials may start; empty if that cannot be read
   */
  public record Admitted(PlanResult plan, Optional<LaunchWindows> windows) {
    /** State of the launch window at a time; closed if the windows cannot be read. */
    public LaunchWindowState window(Instant now) {
      return windows
          .map(found -> found.at(now))
          .orElseGet(() -> new LaunchWindowState(false, Optional.empty()));
    }
  }

  /**
   * The plan of a sweep, or its refusals, each once.
   *
   * @param from from when on trials may have to start
   */
  public Admitted of(String name, ScalingSweepSpec spec, Instant from) {
    List<PlanError> refusals = new ArrayList<>();
    PlanResult plan = planner.plan(name, spec);
    if (plan instanceof PlanResult.Refused refused) {
      refusals.addAll(refused.refusals());
    }
    Optional<LaunchWindows> windows = Optional.empty();
    try {
      windows = Optional.of(LaunchWindows.of(spec.scheduling().window(), from));
    } catch (BadWindowException e) {
      add(refusals, new PlanError.Unreadable(e.field(), e.problem(), e.remedy()));
    }
    collection.refusals(spec.collection()).forEach(refusal -> add(refusals, refusal));
    refusals.addAll(PodTemplates.problems(spec.scheduling().podTemplate(), pods));
    return new Admitted(
        refusals.isEmpty() ? plan : new PlanResult.Refused(distinct(refusals)), windows);
  }

  /** A value beyond its bounds is not looked at further. */
  private static void add(List<PlanError> refusals, PlanError refusal) {
    if (refusals.stream().noneMatch(told -> told.field().equals(refusal.field()))) {
      refusals.add(refusal);
    }
  }

  private static List<PlanError> distinct(List<PlanError> refusals) {
    Map<String, PlanError> byMessage = new LinkedHashMap<>();
    refusals.forEach(refusal -> byMessage.putIfAbsent(refusal.message(), refusal));
    return List.copyOf(byMessage.values());
  }
}
