package dev.isoflop.operator.meters;

import dev.isoflop.api.v1alpha1.ScalingSweepStatus;
import dev.isoflop.api.v1alpha1.status.BudgetStatus;
import dev.isoflop.api.v1alpha1.status.LawStatus;
import dev.isoflop.api.v1alpha1.status.LawsStatus;
import dev.isoflop.api.v1alpha1.status.OptimumStatus;
import dev.isoflop.laws.data.LawQuantity;
import dev.isoflop.metric.MetricNames;
import dev.isoflop.operator.sweep.status.StatusQuantities;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Readings that a chart draws through the points: each isoFLOP curve, and each law at the sweep's
 * budgets. A chart of Grafana connects points; it fits nothing.
 */
final class CurveReadings {
  /** Points of one curve, evenly spaced in log N between the sizes trained. */
  static final int POINTS = 13;

  private CurveReadings() {}

  static List<Reading> of(ScalingSweepStatus status, Collection<MeasuredTrial> trials) {
    List<Reading> readings = new ArrayList<>();
    for (BudgetStatus budget : status.budgets()) {
      if (budget.optimum() != null) {
        addCurve(
            readings,
            budget.flops(),
            budget.optimum(),
            trials.stream().filter(trial -> trial.budget() == budget.flops()).toList());
      }
      addLaws(readings, budget.flops(), status.laws());
    }
    return readings;
  }

  /**
   * The parabola in log N with its minimum at the optimum that lies closest to the points: by least
   * squares the curvature is {@code sum u^2 (loss - loss*) / sum u^4} with {@code u = ln(N / N*)}.
   */
  private static void addCurve(
      List<Reading> readings, double flops, OptimumStatus optimum, List<MeasuredTrial> trials) {
    double smallest = Double.POSITIVE_INFINITY;
    double largest = 0;
    double upper = 0;
    double lower = 0;
    for (MeasuredTrial trial : trials) {
      double u = Math.log(trial.parameters() / optimum.parameters());
      smallest = Math.min(smallest, trial.parameters());
      largest = Math.max(largest, trial.parameters());
      upper += u * u * (trial.loss() - optimum.loss());
      lower += u * u * u * u;
    }
    double curvature = upper / lower;
    if (!(curvature > 0) || smallest >= largest) {
      return;
    }
    readings.add(point(MeterNames.CURVE_MINIMUM, flops, optimum.parameters(), optimum.loss()));
    for (int i = 0; i < POINTS; i++) {
      double parameters = smallest * Math.pow(largest / smallest, i / (POINTS - 1.0));
      double u = Math.log(parameters / optimum.parameters());
      readings.add(
          point(MeterNames.CURVE_LOSS, flops, parameters, optimum.loss() + curvature * u * u));
    }
  }

  private static Reading point(String name, double flops, double parameters, double loss) {
    return Reading.of(
        name,
        loss,
        MetricNames.BUDGET,
        Double.toString(flops),
        MeterNames.PARAMETERS,
        Long.toString(Math.round(parameters)));
  }

  private static void addLaws(List<Reading> readings, double flops, @Nullable LawsStatus laws) {
    if (laws != null) {
      for (LawQuantity quantity : LawQuantity.values()) {
        addLaw(
            readings,
            flops,
            StatusQuantities.field(quantity),
            StatusQuantities.law(laws, quantity));
      }
    }
  }

  private static void addLaw(
      List<Reading> readings, double flops, String quantity, @Nullable LawStatus law) {
    if (law != null) {
      double offset = law.offset() == null ? 0 : law.offset();
      readings.add(
          Reading.of(
              MeterNames.LAW_VALUE,
              law.coefficient() * Math.pow(flops, law.exponent()) + offset,
              MeterNames.QUANTITY,
              quantity,
              MetricNames.BUDGET,
              Double.toString(flops)));
    }
  }
}
