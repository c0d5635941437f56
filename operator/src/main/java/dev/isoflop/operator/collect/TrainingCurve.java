package dev.isoflop.operator.collect;

import java.util.ArrayList;
import java.util.List;

/**
 * A trial's curve as scrapes saw it, in bounded memory: when it is full, every second point goes,
 * so that what stays is spread over the whole training. Points come in order of steps; a worker
 * that resumed at an earlier step takes the points behind it back.
 */
public final class TrainingCurve {
  private final int capacity;
  private final List<CurvePoint> points = new ArrayList<>();

  /** Steps between kept points at least; doubles at each thinning. */
  private double spacing;

  /**
   * @param capacity most points kept, at least 4
   */
  public TrainingCurve(int capacity) {
    if (capacity < 4) {
      throw new IllegalArgumentException("capacity must be at least 4, was " + capacity);
    }
    this.capacity = capacity;
  }

  /** Adds what a scrape saw; a scrape without a step, or at a known one, adds nothing. */
  public void add(WorkerMetrics metrics) {
    if (metrics.step().isEmpty()) {
      return;
    }
    double step = metrics.step().getAsDouble();
    points.removeIf(point -> point.step() > step);
    if (points.isEmpty() || (step > last().step() && step - last().step() >= spacing)) {
      points.add(CurvePoint.of(step, metrics));
    }
    if (points.size() > capacity) {
      thin();
    }
  }

  private CurvePoint last() {
    return points.get(points.size() - 1);
  }

  /** Keeps the first point of each pair. */
  private void thin() {
    List<CurvePoint> kept = new ArrayList<>();
    for (int i = 0; i < points.size(); i += 2) {
      kept.add(points.get(i));
    }
    spacing = (kept.get(kept.size() - 1).step() - kept.get(0).step()) / (kept.size() - 1);
    points.clear();
    points.addAll(kept);
  }

  /** The points so far, in order of steps. */
  public List<CurvePoint> points() {
    return List.copyOf(points);
  }
}
