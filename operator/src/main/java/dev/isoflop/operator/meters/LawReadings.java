package dev.isoflop.operator.meters;

import dev.isoflop.api.v1alpha1.ScalingSweepStatus;
import dev.isoflop.api.v1alpha1.status.BudgetStatus;
import dev.isoflop.api.v1alpha1.status.IntervalStatus;
import dev.isoflop.api.v1alpha1.status.LawStatus;
import dev.isoflop.laws.data.LawQuantity;
import dev.isoflop.metric.MetricNames;
import dev.isoflop.operator.sweep.status.StatusQuantities;
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
        for (LawQuantity quantity : LawQuantity.values()) {
          Double value = StatusQuantities.value(budget.optimum(), quantity);
          if (value != null) {
            readings.add(Reading.of(optimum(quantity), value, MetricNames.BUDGET, flops));
          }
        }
      }
    }
    if (status.laws() != null) {
      for (LawQuantity quantity : LawQuantity.values()) {
        addLaw(
            readings,
            StatusQuantities.field(quantity),
            StatusQuantities.law(status.laws(), quantity));
      }
    }
    return readings;
  }

  private static String optimum(LawQuantity quantity) {
    return switch (quantity) {
      case PARAMETERS -> MeterNames.OPTIMUM_PARAMETERS;
      case TOKENS -> MeterNames.OPTIMUM_TOKENS;
      case SAMPLES -> MeterNames.OPTIMUM_SAMPLES;
      case LOSS -> MeterNames.OPTIMUM_LOSS;
    };
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
