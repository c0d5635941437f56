package dev.isoflop.operator.report.plot;

import java.util.Optional;

/**
 * One point of a series.
 *
 * @param across reach of its error bar along x
 * @param along reach of its error bar along y
 * @param tip what a reader sees on pointing at it
 */
public record Mark(double x, double y, Optional<Reach> across, Optional<Reach> along, String tip) {

  /** Extent of an error bar. */
  public record Reach(double low, double high) {}

  public static Mark of(double x, double y, String tip) {
    return new Mark(x, y, Optional.empty(), Optional.empty(), tip);
  }

  public Mark withAcross(double low, double high) {
    return new Mark(x, y, Optional.of(new Reach(low, high)), along, tip);
  }

  public Mark withAlong(double low, double high) {
    return new Mark(x, y, across, Optional.of(new Reach(low, high)), tip);
  }
}
