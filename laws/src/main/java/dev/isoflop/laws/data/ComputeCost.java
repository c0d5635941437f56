package dev.isoflop.laws.data;

import dev.isoflop.laws.stats.LogLine;
import java.util.Arrays;
import java.util.List;

/**
 * Cost of a training run in FLOPs: {@code C = coefficient N^exponent D}. Exactly 6ND under that
 * convention; under an analytic count, where attention makes small models dearer per parameter, the
 * power that describes the trained points.
 */
public record ComputeCost(double coefficient, double exponent) {

  public static final ComputeCost SIX_N_D = new ComputeCost(6, 1);

  /** Points whose C/(ND) agree this closely have a constant cost per parameter and token. */
  private static final double CONSTANT = 1e-3;

  public double tokens(double flops, double parameters) {
    return flops / (coefficient * StrictMath.pow(parameters, exponent));
  }

  /** Describes the cost of the points: a constant C/(ND) if they have one, else a power of N. */
  public static ComputeCost of(List<TrainedPoint> points) {
    double[] x = points.stream().mapToDouble(p -> StrictMath.log(p.parameters())).toArray();
    double[] y =
        points.stream()
            .mapToDouble(p -> StrictMath.log(p.budget() / (p.parameters() * p.tokens())))
            .toArray();
    double[] equal = new double[x.length];
    Arrays.fill(equal, 1);
    LogLine line = LogLine.fit(x, y, equal);
    double spread = Arrays.stream(y).max().orElseThrow() - Arrays.stream(y).min().orElseThrow();
    boolean constant = spread < CONSTANT || !(line.sumSquares() > 0);
    return constant
        ? new ComputeCost(StrictMath.exp(line.centreValue()), 1)
        : new ComputeCost(StrictMath.exp(line.intercept()), 1 + line.slope());
  }
}
