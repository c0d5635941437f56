package dev.isoflop.operator.kubernetes;

import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.api.v1alpha1.ScalingSweepSpec;
import dev.isoflop.api.v1alpha1.sweep.LawsSpec;
import dev.isoflop.api.v1alpha1.sweep.PowerLawPrior;
import dev.isoflop.api.v1alpha1.sweep.SchedulingSpec;
import dev.isoflop.api.v1alpha1.training.LayerRange;
import dev.isoflop.operator.plan.Specs;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.List;
import java.util.Map;

/** Sweeps for tests. */
public final class SmallSweeps {
  public static final String NAMESPACE = "default";

  private SmallSweeps() {}

  /** Three budgets of three sizes, two at once. */
  public static Specs specs() {
    Specs specs = Specs.small().withBudgets(1e10, 3e10, 1e11);
    specs.trialsPerBudget = 3;
    specs.maxParallel = 2;
    return specs;
  }

  /** Workers with a memory limit that they may break. */
  public static Specs limited() {
    Specs specs = specs();
    specs.resources = Map.of("memory", "8Gi");
    return specs;
  }

  /** Sizes far below the optima, and laws that are to be checked in the end. */
  public static Specs growing() {
    Specs specs = Specs.small().withBudgets(1e13, 3e13, 1e14);
    specs.layers = new LayerRange(1, 40);
    specs.centre = new PowerLawPrior(0.05, 0.5);
    specs.span = 4;
    specs.trialsPerBudget = 4;
    specs.maxParallel = 3;
    specs.laws = new LawsSpec(0.95, 20, false, List.of(), 1e15);
    return specs;
  }

  public static ScalingSweep of(String name, Specs specs) {
    return of(NAMESPACE, name, specs);
  }

  public static ScalingSweep of(String namespace, String name, Specs specs) {
    ScalingSweep sweep = new ScalingSweep();
    sweep.setMetadata(
        new ObjectMetaBuilder().withName(name).withNamespace(namespace).withGeneration(1L).build());
    sweep.setSpec(specs.build());
    return sweep;
  }

  public static ScalingSweepSpec withScheduling(ScalingSweepSpec spec, SchedulingSpec scheduling) {
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
