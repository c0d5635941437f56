package dev.isoflop.operator.sweep;

import dev.isoflop.api.v1alpha1.LawsSpec;
import dev.isoflop.api.v1alpha1.ScalingSweepSpec;
import dev.isoflop.operator.laws.LawOptions;

/** How a sweep's manifest wants its laws fitted. */
public final class FitOptions {

  private FitOptions() {}

  /**
   * The options of every fit of a sweep, so that all who fit it get the same digest.
   *
   * @param software name and version, recorded in the laws' provenance
   */
  public static LawOptions of(ScalingSweepSpec spec, String software) {
    LawsSpec laws = spec.laws();
    return LawOptions.defaults()
        .withConfidence(laws.confidence())
        .withBootstrap(laws.bootstrap())
        .withBudgetTolerance(0)
        .withReferenceDataset(spec.data().evaluation().get(0).name())
        .withConvention(spec.flopConvention().name())
        .withSoftware(software);
  }
}
