package dev.isoflop.laws.isoflop;

import dev.isoflop.laws.data.TrainedPoint;
import dev.isoflop.laws.finding.Finding;
import dev.isoflop.laws.finding.FitError;
import dev.isoflop.laws.finding.FitWarning;
import dev.isoflop.laws.stats.LogLine;
import dev.isoflop.laws.stats.Parabola;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Moves points that cost a little more or less than the budget of their curve to that budget.
 *
 * <p>A point with 10 % more compute than its neighbours has a lower loss for that reason alone, and
 * across a flat curve the difference is as large as that between sizes. Near the optimum the loss
 * depends on log N and log C as {@code loss*(C) + f(log N - log N*(C))}, so a point that is moved
 * along both laws, {@code log N} by the exponent of N* and the loss by the law of the loss, stays
 * on the surface. The laws come from the curves themselves, in a few rounds.
 */
public final class BudgetAlignment {

  /** Budgets closer than this are equal, and points stay as they are to the last bit. */
  private static final double EQUAL = 1e-6;

  private static final int ROUNDS = 4;

  private BudgetAlignment() {}

  /** The samples moved to their budgets; noted among the findings where that moved any. */
  public static List<CurveSample> aligned(List<CurveSample> samples, List<Finding> findings) {
    int moved = 0;
    double largest = 0;
    for (CurveSample sample : samples) {
      for (TrainedPoint point : sample.points()) {
        double off = Math.abs(point.budget() / sample.budget() - 1);
        moved += off > EQUAL ? 1 : 0;
        largest = Math.max(largest, off);
      }
    }
    if (moved == 0) {
      return samples;
    }
    List<CurveSample> aligned = samples;
    boolean any = false;
    for (int round = 0; round < ROUNDS; round++) {
      Optional<Ridge> ridge = Ridge.of(aligned);
      if (ridge.isEmpty()) {
        break;
      }
      any = true;
      List<CurveSample> next = new ArrayList<>();
      for (CurveSample sample : samples) {
        next.add(sample.aligned(ridge.get().size(), ridge.get().loss()));
      }
      aligned = next;
    }
    if (any) {
      findings.add(new FitWarning.BudgetsAligned(moved, largest));
    }
    return aligned;
  }

  /**
   * The path of the optima with log compute.
   *
   * @param size exponent of N*
   * @param loss change of the scaled loss with log compute at a budget, as a line over log budget
   */
  private record Ridge(double size, LogLine loss) {

    /** The path through the minima of the curves that have one; empty with fewer than three. */
    static Optional<Ridge> of(List<CurveSample> samples) {
      List<double[]> optima = new ArrayList<>();
      for (CurveSample sample : samples) {
        sample
            .parabola()
            .filter(Parabola::convex)
            .filter(it -> sample.smallest() <= it.vertex() && it.vertex() <= sample.largest())
            .ifPresent(
                it ->
                    optima.add(
                        new double[] {
                          StrictMath.log(sample.budget()), it.vertex(), it.at(it.vertex())
                        }));
      }
      if (optima.size() < FitError.TooFewBudgets.NEEDED) {
        return Optional.empty();
      }
      double[] x = optima.stream().mapToDouble(each -> each[0]).toArray();
      double[] equal = new double[x.length];
      Arrays.fill(equal, 1);
      double[] size = optima.stream().mapToDouble(each -> each[1]).toArray();
      double[] loss = optima.stream().mapToDouble(each -> each[2]).toArray();
      return Optional.of(new Ridge(LogLine.fit(x, size, equal).slope(), slopes(x, loss, equal)));
    }

    /** The derivative of a parabola through the losses over log budget. */
    private static LogLine slopes(double[] x, double[] loss, double[] equal) {
      Optional<Parabola> bent = Parabola.fit(x, loss, equal);
      double[] derivative = new double[x.length];
      double straight = LogLine.fit(x, loss, equal).slope();
      for (int i = 0; i < x.length; i++) {
        double at = x[i];
        derivative[i] =
            bent.map(parabola -> parabola.slope() + parabola.curvature() * (at - parabola.centre()))
                .orElse(straight);
      }
      return LogLine.fit(x, derivative, equal);
    }
  }
}
