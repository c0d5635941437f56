package dev.isoflop.operator.sweep.laws;

import dev.isoflop.api.v1alpha1.ScalingSweepSpec;
import dev.isoflop.api.v1alpha1.sweep.LawsSpec;
import dev.isoflop.laws.data.TrainedPoint;
import dev.isoflop.laws.options.LawOptions;
import java.util.List;

/** Options of a sweep's fits, from its manifest. */
public final class FitOptions {

  private FitOptions() {}

  /**
   * The options of every fit of a sweep, so that all who fit it get the same digest.
   *
   * @param software name and version, recorded in the laws' provenance
   * @param points that are fitted; the largest budget of the sweep can only be held out once it has
   *     some
   */
  public static LawOptions of(ScalingSweepSpec spec, String software, List<TrainedPoint> points) {
    LawsSpec laws = spec.laws();
    return LawOptions.defaults()
        .withConfidence(laws.confidence())
        .withBootstrap(laws.bootstrap())
        .withBudgetTolerance(0)
        .withReferenceDataset(spec.data().evaluation().get(0).name())
        .withConvention(spec.flopConvention().name())
        .withHoldOutLargest(holdsOut(spec, points) ? 1 : 0)
        .withSoftware(software);
  }

  private static boolean holdsOut(ScalingSweepSpec spec, List<TrainedPoint> points) {
    double largest = spec.budgets().stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    return spec.laws().holdOutLargest()
        && points.stream().anyMatch(point -> point.budget() == largest);
  }
}
