package dev.isoflop.operator.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.OptionalDouble;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TrainingCurveTest {
  private final TrainingCurve curve = new TrainingCurve(8);

  @Test
  void keepsPointsInOrderOfSteps() {
    curve.add(at(1));
    curve.add(at(5));
    assertThat(curve.points()).extracting(CurvePoint::step).containsExactly(1.0, 5.0);
    assertThat(curve.points().get(1).tokens()).hasValue(500);
  }

  @Test
  void aScrapeWithoutNewsAddsNothing() {
    curve.add(at(1));
    curve.add(at(1));
    curve.add(metrics(OptionalDouble.empty()));
    assertThat(curve.points()).hasSize(1);
  }

  @Test
  void aResumedWorkerTakesBackWhatWasBehindItsCheckpoint() {
    for (int step = 1; step <= 6; step++) {
      curve.add(at(step));
    }
    curve.add(at(3));
    assertThat(curve.points()).extracting(CurvePoint::step).containsExactly(1.0, 2.0, 3.0);
  }

  @Property(tries = 100)
  void staysWithinItsBoundAndSpreadOverTheTraining(@ForAll @IntRange(min = 20, max = 5000) int n) {
    TrainingCurve curve = new TrainingCurve(16);
    for (int step = 0; step < n; step++) {
      curve.add(at(step));
    }
    List<CurvePoint> points = curve.points();
    assertThat(points).hasSizeBetween(8, 16);
    assertThat(points.get(0).step()).isZero();
    double largestGap = n - 1 - points.get(points.size() - 1).step();
    for (int i = 1; i < points.size(); i++) {
      largestGap = Math.max(largestGap, points.get(i).step() - points.get(i - 1).step());
    }
    assertThat(largestGap).isLessThanOrEqualTo(n / 4.0);
  }

  @Test
  void aUselessCapacityIsRefused() {
    assertThatThrownBy(() -> new TrainingCurve(3)).isInstanceOf(IllegalArgumentException.class);
  }

  private static WorkerMetrics at(double step) {
    return metrics(OptionalDouble.of(step));
  }

  private static WorkerMetrics metrics(OptionalDouble step) {
    OptionalDouble none = OptionalDouble.empty();
    return new WorkerMetrics(
        step,
        none,
        OptionalDouble.of(0.5),
        none,
        OptionalDouble.of(100 * step.orElse(0)),
        none,
        none,
        none,
        none);
  }
}
