package dev.isoflop.operator.report.figures;

import dev.isoflop.operator.report.input.LossCurve;
import java.util.ArrayList;
import java.util.List;

/** Takes out what a drawing on a logarithmic axis cannot show of a training curve anyway. */
final class CurveThinning {

  private CurveThinning() {}

  /**
   * About so many points, evenly spread over the logarithm of compute; the first and the last stay,
   * and so does each that ends or follows a run of non-finite losses.
   */
  static List<LossCurve.Point> thin(List<LossCurve.Point> points, int count) {
    if (points.size() <= count) {
      return points;
    }
    double first = StrictMath.log(Math.max(points.get(0).flops(), Double.MIN_NORMAL));
    double last = StrictMath.log(points.get(points.size() - 1).flops());
    double spacing = (last - first) / (count - 1);
    List<LossCurve.Point> kept = new ArrayList<>();
    double next = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < points.size(); i++) {
      LossCurve.Point point = points.get(i);
      double place = StrictMath.log(Math.max(point.flops(), Double.MIN_NORMAL));
      boolean edge = i == points.size() - 1 || differs(point, points.get(i + 1));
      boolean follows = i > 0 && differs(point, points.get(i - 1));
      if (place >= next || edge || follows) {
        kept.add(point);
        next = place + spacing * (1 - 1e-9);
      }
    }
    return kept;
  }

  private static boolean differs(LossCurve.Point a, LossCurve.Point b) {
    return Double.isFinite(a.smoothed()) != Double.isFinite(b.smoothed());
  }
}
