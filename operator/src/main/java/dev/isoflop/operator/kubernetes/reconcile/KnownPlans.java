package dev.isoflop.operator.kubernetes.reconcile;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.operator.admission.Admission;
import dev.isoflop.operator.admission.Admission.Admitted;
import dev.isoflop.operator.plan.PlanError;
import dev.isoflop.operator.plan.PlanResult;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The plans of the sweeps seen last, up to so many trials: they follow from the name and the spec
 * alone, and for the launch window from when the sweep was created. Of each sweep the newest is
 * kept, since a plan holds most of its spec, and whoever edits a sweep may do so without end.
 */
final class KnownPlans {
  private static final int TRIALS_KEPT = 50_000;

  /** About as much as a trial takes. */
  private static final int CHARACTERS = 1000;

  private record Known(@Nullable Long generation, Admitted admitted) {}

  private final Admission admission;

  private final Cache<String, Known> kept =
      Caffeine.newBuilder()
          .maximumWeight(TRIALS_KEPT)
          .weigher((String uid, Known known) -> 1 + weight(known.admitted().plan()))
          .executor(Runnable::run)
          .build();

  KnownPlans(Admission admission) {
    this.admission = admission;
  }

  private static int weight(PlanResult plan) {
    if (plan instanceof PlanResult.Planned planned) {
      return planned.plan().trials().size();
    }
    List<PlanError> refusals = ((PlanResult.Refused) plan).refusals();
    return refusals.stream().mapToInt(refusal -> refusal.message().length()).sum() / CHARACTERS;
  }

  Admitted of(ScalingSweep sweep) {
    String uid = String.valueOf(sweep.getMetadata().getUid());
    @Nullable Long generation = sweep.getMetadata().getGeneration();
    @Nullable Known known = kept.getIfPresent(uid);
    if (known != null && Objects.equals(known.generation(), generation)) {
      return known.admitted();
    }
    Admitted admitted =
        admission.of(sweep.getMetadata().getName(), sweep.getSpec(), created(sweep));
    kept.put(uid, new Known(generation, admitted));
    return admitted;
  }

  /**
   * Forgets sweeps that are no longer there.
   *
   * @param present uids of those that are
   */
  void retain(Set<String> present) {
    kept.asMap().keySet().retainAll(present);
  }

  /** Number of plans that are kept. */
  long size() {
    return kept.asMap().size();
  }

  /** A sweep whose last window is over was admitted all the same. */
  private static Instant created(ScalingSweep sweep) {
    String created = sweep.getMetadata().getCreationTimestamp();
    return created == null ? Instant.EPOCH : Instant.parse(created);
  }
}
