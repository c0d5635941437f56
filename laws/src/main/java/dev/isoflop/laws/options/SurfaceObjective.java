package dev.isoflop.laws.options;

/** Objective of a surface fit; always a sum over points, never a mean. */
public sealed interface SurfaceObjective {

  /**
   * The sum of Huber losses of {@code log L(N, D) - log loss} (Hoffmann et al. 2022, with delta =
   * 1e-3). So small a delta makes it nearly a sum of absolute errors, which outliers hardly move.
   *
   * @param delta where squares turn into absolute values; infinite for least squares on logarithms
   */
  record HuberOnLog(double delta) implements SurfaceObjective {
    public HuberOnLog {
      if (!(delta > 0)) {
        throw new IllegalArgumentException("delta: " + delta + " must be positive, such as 1e-3");
      }
    }
  }

  /** Half the sum of squares of {@code L(N, D) - loss}: best when the noise is Gaussian. */
  record LeastSquares() implements SurfaceObjective {}

  /** The objective of the Chinchilla paper. */
  SurfaceObjective CHINCHILLA = new HuberOnLog(1e-3);
}
