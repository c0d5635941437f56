package dev.isoflop.laws.isoflop;

import dev.isoflop.laws.data.TrainedPoint;
import dev.isoflop.laws.finding.Fit;
import dev.isoflop.laws.options.LossScale;
import dev.isoflop.laws.stats.Parabola;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The trials of one budget and the parabola through them.
 *
 * @param budget C in FLOPs; the geometric mean where the points scatter
 * @param points by ascending N
 * @param parabola the fitted curve for drawing, present also where the optimum was refused, unless
 *     there were too few sizes for any
 * @param optimum the minimum, or why there is none to use
 */
public record IsoFlopCurve(
    double budget, List<TrainedPoint> points, Optional<CurveShape> parabola, Fit<Optimum> optimum) {

  public IsoFlopCurve {
    points = List.copyOf(points);
  }

  /** Whether the minimum lies among the sizes that were trained. */
  public boolean interior() {
    return optimum.value().isPresent();
  }

  /** R squared of the parabola, also of one whose optimum was refused. */
  public OptionalDouble rSquared() {
    return parabola.isPresent()
        ? OptionalDouble.of(parabola.get().rSquared())
        : OptionalDouble.empty();
  }

  /** A fitted parabola in log N as a function one can draw. */
  public static final class CurveShape {
    private final Parabola parabola;
    private final LossScale scale;

    CurveShape(Parabola parabola, LossScale scale) {
      this.parabola = parabola;
      this.scale = scale;
    }

    /** The fitted loss of a model with this many parameters. */
    public double lossAt(double parameters) {
      return scale.inverse(parabola.at(StrictMath.log(parameters)));
    }

    public double rSquared() {
      return parabola.rSquared();
    }
  }
}
