package dev.isoflop.operator.kubernetes;

import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.api.v1alpha1.ScalingSweepSpec;
import dev.isoflop.api.v1alpha1.SchedulingSpec;
import dev.isoflop.operator.plan.Specs;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;

/** Sweeps for tests. */
final class SmallSweeps {
  static final String NAMESPACE = "default";

  private SmallSweeps() {}

  /** Three budgets of three sizes, two at once. */
  static Specs specs() {
    Specs specs = Specs.small().withBudgets(1e10, 3e10, 1e11);
    specs.trialsPerBudget = 3;
    specs.maxParallel = 2;
    return specs;
  }

  static ScalingSweep of(String name, Specs specs) {
    ScalingSweep sweep = new ScalingSweep();
    sweep.setMetadata(
        new ObjectMetaBuilder().withName(name).withNamespace(NAMESPACE).withGeneration(1L).build());
    sweep.setSpec(specs.build());
    return sweep;
  }

  static ScalingSweepSpec withScheduling(ScalingSweepSpec spec, SchedulingSpec scheduling) {
    return new ScalingSweepSpec(
        spec.budgets(),
        spec.flopConvention(),
        spec.grid(),
        spec.model(),
        spec.data(),
        spec.training(),
        spec.evaluation(),
        scheduling,
        spec.storage(),
        spec.collection(),
        spec.laws(),
        spec.suspend());
  }
}
