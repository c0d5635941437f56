package dev.isoflop.operator.report.input;

import java.util.List;

/**
 * The training curve of one trial.
 *
 * @param points by ascending step
 */
public record LossCurve(String trial, List<Point> points) {

  /**
   * One step; the losses may be non-finite.
   *
   * @param smoothed the loss's exponential moving average
   */
  public record Point(long step, double tokens, double flops, double trainLoss, double smoothed) {}

  public LossCurve {
    points = List.copyOf(points);
  }
}
