package dev.isoflop.operator.cli.laws;

import dev.isoflop.operator.laws.IsoFlopCurve;
import dev.isoflop.operator.laws.LawOptions;
import dev.isoflop.operator.laws.Laws;
import dev.isoflop.operator.laws.TrainedPoint;
import dev.isoflop.operator.sweep.LawSource;
import java.util.List;
import java.util.stream.Stream;

/**
 * Laws of points, possibly of all but those of the largest budgets.
 *
 * @param laws of the budgets that were not held out
 * @param heldOut curves that the laws did not see, by ascending budget
 */
public record PointFit(Laws laws, List<IsoFlopCurve> heldOut) {

  public PointFit {
    heldOut = List.copyOf(heldOut);
  }

  /**
   * Fits the laws.
   *
   * @param largest how many of the largest budgets to hold out
   * @throws IllegalArgumentException if no budget would be left
   */
  public static PointFit of(
      List<TrainedPoint> points, LawOptions options, int largest, LawSource source) {
    Laws all = source.fit(points, options);
    if (largest == 0) {
      return new PointFit(all, List.of());
    }
    int kept = all.curves().size() - largest;
    if (largest < 0 || kept < 1) {
      throw new IllegalArgumentException(
          "hold-out: %d of %d budgets would leave none to fit; hold out fewer"
              .formatted(largest, all.curves().size()));
    }
    double largestKept =
        all.curves().get(kept - 1).points().stream()
            .mapToDouble(TrainedPoint::budget)
            .max()
            .orElseThrow();
    List<TrainedPoint> seen =
        points.stream().filter(point -> point.budget() <= largestKept).toList();
    return new PointFit(source.fit(seen, options), all.curves().subList(kept, all.curves().size()));
  }

  /** All curves, by ascending budget. */
  List<IsoFlopCurve> curves() {
    return Stream.concat(laws.curves().stream(), heldOut.stream()).toList();
  }
}
