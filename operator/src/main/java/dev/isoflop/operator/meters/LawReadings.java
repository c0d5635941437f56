package dev.isoflop.operator.meters;

import dev.isoflop.api.v1alpha1.ScalingSweepStatus;
import dev.isoflop.api.v1alpha1.status.BudgetStatus;
import dev.isoflop.api.v1alpha1.status.IntervalStatus;
import dev.isoflop.api.v1alpha1.status.LawStatus;
import dev.isoflop.metric.MetricNames;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The gauges of optima and laws; a budget without an optimum and a refused law have none. */
final class LawReadings {
  private LawReadings() {}

  static List<Reading> of(ScalingSweepStatus status) {
    List<Reading> readings = new ArrayList<>();
    for (BudgetStatus budget : status.budgets()) {
      if (budget.optimum() != null) {
        String flops = Double.toString(budget.flops());
        readings.add(optimum(MeterNames.OPTIMUM_PARAMETERS, flops, budget.optimum().parameters()));
        readings.add(optimum(MeterNames.OPTIMUM_TOKENS, flops, budget.optimum().tokens()));
        readings.add(optimum(MeterNames.OPTIMUM_LOSS, flops, budget.optimum().loss()));
      }
    }
    if (status.laws() != null) {
      addLaw(readings, "parameters", status.laws().parameters());
      addLaw(readings, "tokens", status.laws().tokens());
      addLaw(readings, "loss", status.laws().loss());
    }
    return readings;
  }

  private static Reading optimum(String name, String budget, double value) {
    return Reading.of(name, value, MetricNames.BUDGET, budget);
  }

  private static void addLaw(List<Reading> readings, String quantity, @Nullable LawStatus law) {
    if (law == null) {
      return;
    }
    readings.add(law(MeterNames.LAW_EXPONENT, quantity, law.exponent()));
    readings.add(law(MeterNames.LAW_COEFFICIENT, quantity, law.coefficient()));
    if (law.rSquared() != null) {
      readings.add(law(MeterNames.LAW_R_SQUARED, quantity, law.rSquared()));
    }
    if (law.interval() != null) {
      IntervalStatus exponent = law.interval().exponent();
      readings.add(bound(quantity, "lower", exponent.lower()));
      readings.add(bound(quantity, "upper", exponent.upper()));
    }
  }

  private static Reading law(String name, String quantity, double value) {
    return Reading.of(name, value, MeterNames.QUANTITY, quantity);
  }

  private static Reading bound(String quantity, String bound, double value) {
    return Reading.of(
        MeterNames.LAW_EXPONENT_BOUND,
        value,
        MeterNames.QUANTITY,
        quantity,
        MeterNames.BOUND,
        bound);
  }
}
