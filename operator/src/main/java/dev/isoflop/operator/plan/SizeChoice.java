package dev.isoflop.operator.plan;

import dev.isoflop.model.TransformerShape;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * Picks sizes that lie as evenly as the candidates allow on a logarithmic scale.
 *
 * <p>The targets are evenly spaced from the smallest candidate to the largest; each gets a
 * candidate of its own such that the sum of squared distances in log N is least. Found exactly by
 * dynamic programming over (candidates, targets); both are ascending, so the best assignment is
 * too.
 */
final class SizeChoice {

  private SizeChoice() {}

  /**
   * The most even choice; all candidates if there are no more than asked for.
   *
   * @param candidates by ascending parameters
   * @param count at least 2
   * @return at most {@code count} of them, ascending, the smallest and largest included
   */
  static List<TransformerShape> even(List<TransformerShape> candidates, int count) {
    int n = candidates.size();
    if (n <= count) {
      return List.copyOf(candidates);
    }
    double[] size = candidates.stream().mapToDouble(SizeChoice::logParameters).toArray();
    double step = (size[n - 1] - size[0]) / (count - 1);

    // least[t][c]: least cost of the first t targets with candidates before c only.
    double[][] least = new double[count + 1][n + 1];
    for (int t = 1; t <= count; t++) {
      Arrays.fill(least[t], Double.POSITIVE_INFINITY);
      for (int c = t; c <= n; c++) {
        least[t][c] =
            Math.min(least[t][c - 1], least[t - 1][c - 1] + cost(size, step, t - 1, c - 1));
      }
    }
    Deque<TransformerShape> chosen = new ArrayDeque<>();
    for (int t = count, c = n; t > 0; c--) {
      if (least[t][c] < least[t][c - 1]) {
        chosen.addFirst(candidates.get(c - 1));
        t--;
      }
    }
    return List.copyOf(chosen);
  }

  private static double cost(double[] size, double step, int target, int candidate) {
    double distance = size[candidate] - (size[0] + step * target);
    return distance * distance;
  }

  static double logParameters(TransformerShape shape) {
    return StrictMath.log((double) shape.parameters());
  }
}
