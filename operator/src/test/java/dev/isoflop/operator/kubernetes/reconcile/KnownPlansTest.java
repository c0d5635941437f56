package dev.isoflop.operator.kubernetes.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.operator.admission.Admission;
import dev.isoflop.operator.admission.Admission.Admitted;
import dev.isoflop.operator.kubernetes.SmallSweeps;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KnownPlansTest {
  private final KnownPlans plans = new KnownPlans(new Admission());

  private static ScalingSweep sweep(String uid, long generation) {
    ScalingSweep sweep = SmallSweeps.of("sweep", SmallSweeps.specs());
    sweep.getMetadata().setUid(uid);
    sweep.getMetadata().setGeneration(generation);
    return sweep;
  }

  @Test
  void aPlanIsMadeOnceForEachGeneration() {
    Admitted first = plans.of(sweep("one", 1));
    assertThat(plans.of(sweep("one", 1))).isSameAs(first);
    assertThat(plans.of(sweep("one", 2))).isNotSameAs(first);
  }

  /** A plan holds most of its spec, of up to 128 KiB, and edits are free. */
  @Test
  void ofASweepThatIsEditedTheNewestPlanAloneIsKept() {
    for (long generation = 1; generation <= 50; generation++) {
      plans.of(sweep("one", generation));
    }
    plans.of(sweep("two", 1));
    assertThat(plans.size()).isEqualTo(2);
  }

  @Test
  void thePlanOfASweepThatIsGoneIsForgotten() {
    plans.of(sweep("one", 1));
    plans.of(sweep("two", 1));
    plans.retain(Set.of("two"));
    assertThat(plans.size()).isEqualTo(1);
  }
}
