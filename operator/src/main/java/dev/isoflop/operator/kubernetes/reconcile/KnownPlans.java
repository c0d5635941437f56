package dev.isoflop.operator.kubernetes.reconcile;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.operator.admission.Admission;
import dev.isoflop.operator.admission.Admission.Admitted;
import dev.isoflop.operator.plan.PlanResult;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The plans of the sweeps seen last, up to so many trials: they follow from the name and the spec
 * alone, and for the launch window from when the sweep was created.
 */
final class KnownPlans {
  private static final int TRIALS_KEPT = 50_000;

  private record Key(@Nullable String uid, @Nullable Long generation) {}

  private final Admission admission;

  private final Cache<Key, Admitted> kept =
      Caffeine.newBuilder()
          .maximumWeight(TRIALS_KEPT)
          .weigher((Key key, Admitted admitted) -> 1 + trials(admitted.plan()))
          .executor(Runnable::run)
          .build();

  KnownPlans(Admission admission) {
    this.admission = admission;
  }

  private static int trials(PlanResult plan) {
    return plan instanceof PlanResult.Planned planned ? planned.plan().trials().size() : 0;
  }

  Admitted of(ScalingSweep sweep) {
    Key key = new Key(sweep.getMetadata().getUid(), sweep.getMetadata().getGeneration());
    return kept.get(
        key,
        unknown -> admission.of(sweep.getMetadata().getName(), sweep.getSpec(), created(sweep)));
  }

  /** A sweep whose last window is over was admitted all the same. */
  private static Instant created(ScalingSweep sweep) {
    String created = sweep.getMetadata().getCreationTimestamp();
    return created == null ? Instant.EPOCH : Instant.parse(created);
  }
}
