package dev.isoflop.operator.kubernetes;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.api.v1alpha1.SchedulingSpec;
import dev.isoflop.operator.plan.PlanResult;
import dev.isoflop.operator.plan.Refusal;
import dev.isoflop.operator.plan.SweepPlanner;
import dev.isoflop.operator.sweep.LaunchWindowState;
import dev.isoflop.operator.timing.BadWindowException;
import dev.isoflop.operator.timing.LaunchWindows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Plans sweeps and refuses those that cannot run, before anything of them exists. The plans of the
 * sweeps seen last are kept, up to so many trials: they follow from the name and the spec alone.
 */
final class Admission {
  private static final int TRIALS_KEPT = 50_000;

  /**
   * A sweep's plan, or all that stands against it.
   *
   * @param windows when trials may start; empty if that cannot be read
   */
  record Admitted(PlanResult plan, Optional<LaunchWindows> windows) {
    LaunchWindowState window(Instant now) {
      return windows
          .map(found -> found.at(now))
          .orElseGet(() -> new LaunchWindowState(false, Optional.empty()));
    }
  }

  private record Key(@Nullable String uid, @Nullable Long generation) {}

  private final SweepPlanner planner = new SweepPlanner();

  private final Cache<Key, Admitted> kept =
      Caffeine.newBuilder()
          .maximumWeight(TRIALS_KEPT)
          .weigher((Key key, Admitted admitted) -> 1 + trials(admitted.plan()))
          .executor(Runnable::run)
          .build();

  private static int trials(PlanResult plan) {
    return plan instanceof PlanResult.Planned planned ? planned.plan().trials().size() : 0;
  }

  Admitted of(ScalingSweep sweep) {
    Key key = new Key(sweep.getMetadata().getUid(), sweep.getMetadata().getGeneration());
    return kept.get(key, unknown -> admit(sweep));
  }

  private Admitted admit(ScalingSweep sweep) {
    SchedulingSpec scheduling = sweep.getSpec().scheduling();
    List<Refusal> refusals = new ArrayList<>();
    PlanResult plan = planner.plan(sweep.getMetadata().getName(), sweep.getSpec());
    if (plan instanceof PlanResult.Refused refused) {
      refusals.addAll(refused.refusals());
    }
    Optional<LaunchWindows> windows = Optional.empty();
    try {
      windows = Optional.of(LaunchWindows.of(scheduling.window()));
    } catch (BadWindowException e) {
      refusals.add(new Refusal.Unreadable(e.field(), e.problem(), e.remedy()));
    }
    MetricsSources.problem(sweep.getSpec().collection().prometheusUrl()).ifPresent(refusals::add);
    PodTemplates.problem(scheduling.podTemplate()).ifPresent(refusals::add);
    return new Admitted(
        refusals.isEmpty() ? plan : new PlanResult.Refused(distinct(refusals)), windows);
  }

  private static List<Refusal> distinct(List<Refusal> refusals) {
    Map<String, Refusal> byField = new LinkedHashMap<>();
    refusals.forEach(refusal -> byField.putIfAbsent(refusal.message(), refusal));
    return List.copyOf(byField.values());
  }
}
