package dev.isoflop.laws.envelope;

import dev.isoflop.laws.data.Snapshot;
import dev.isoflop.laws.data.TrainingCurve;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The training curve of one size, interpolated between its snapshots on log compute. */
final class SizeCurve {

  private final double parameters;
  private final double[] x;
  private final double[] loss;
  private final double[] logTokens;

  private SizeCurve(double parameters, List<Snapshot> snapshots) {
    this.parameters = parameters;
    x = snapshots.stream().mapToDouble(each -> StrictMath.log(each.flops())).toArray();
    loss = snapshots.stream().mapToDouble(Snapshot::loss).toArray();
    logTokens = snapshots.stream().mapToDouble(each -> StrictMath.log(each.tokens())).toArray();
  }

  /**
   * One curve per size, ascending. Of a size that was trained more than once the longest run
   * counts: under a constant rate the shorter ones are its beginning.
   */
  static List<SizeCurve> bySize(List<TrainingCurve> curves) {
    Map<Double, List<Snapshot>> longest = new TreeMap<>();
    List<TrainingCurve> ordered = new ArrayList<>(curves);
    ordered.sort(
        Comparator.comparingDouble(TrainingCurve::parameters).thenComparing(TrainingCurve::trial));
    for (TrainingCurve curve : ordered) {
      List<Snapshot> settled = curve.settled();
      if (settled.size() >= 2) {
        longest.merge(
            curve.parameters(), settled, (known, other) -> end(other) > end(known) ? other : known);
      }
    }
    List<SizeCurve> sizes = new ArrayList<>();
    longest.forEach((parameters, snapshots) -> sizes.add(new SizeCurve(parameters, snapshots)));
    return sizes;
  }

  private static double end(List<Snapshot> snapshots) {
    return snapshots.get(snapshots.size() - 1).flops();
  }

  double parameters() {
    return parameters;
  }

  double first() {
    return x[0];
  }

  double last() {
    return x[x.length - 1];
  }

  boolean covers(double at) {
    return first() <= at && at <= last();
  }

  double lossAt(double at) {
    return interpolate(loss, at);
  }

  double logTokensAt(double at) {
    return interpolate(logTokens, at);
  }

  private double interpolate(double[] y, double at) {
    int low = 0;
    int high = x.length - 1;
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      if (x[middle] <= at) {
        low = middle;
      } else {
        high = middle;
      }
    }
    double width = x[high] - x[low];
    return width > 0 ? y[low] + (y[high] - y[low]) * (at - x[low]) / width : y[low];
  }
}
