package dev.isoflop.operator.plan;

import dev.isoflop.api.v1alpha1.ScalingSweepSpec;
import dev.isoflop.api.v1alpha1.sweep.GridSpec;
import dev.isoflop.api.v1alpha1.sweep.LawsSpec;
import dev.isoflop.metric.Metric;
import dev.isoflop.rules.BrokenRule;
import dev.isoflop.rules.ExperimentRules;
import dev.isoflop.rules.StatedBounds;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Checks a spec: that each value lies within the bounds of the schema, which an API server
 * enforces, but not on a file, and not on what it stored before; then what the values make
 * together.
 */
final class SpecCheck {
  private final List<PlanError> refusals = new ArrayList<>();

  List<PlanError> check(ScalingSweepSpec spec) {
    told(StatedBounds.broken(spec));
    if (refusals.isEmpty()) {
      budgets(spec.budgets());
      grid(spec.grid());
      told(ExperimentRules.broken(spec.data(), spec.training(), spec.evaluation()));
      metrics(spec.evaluation().metrics());
      refusals.addAll(ResourceCheck.of(spec.scheduling().resources()));
      laws(spec.laws(), spec.budgets());
    }
    if (refusals.isEmpty()) {
      refusals.addAll(ShapeCheck.of(spec));
      refusals.addAll(LimitCheck.of(spec));
    }
    return List.copyOf(refusals);
  }

  private void told(List<BrokenRule> broken) {
    broken.forEach(rule -> refusals.add(new PlanError.RuleBroken(rule)));
  }

  private void budgets(List<Double> budgets) {
    Set<Double> seen = new HashSet<>();
    budgets.stream()
        .filter(budget -> !seen.add(budget))
        .forEach(budget -> refusals.add(new PlanError.DuplicateBudget(budget)));
  }

  private void grid(GridSpec grid) {
    if (grid.shapes() == null && grid.layers().max() < grid.layers().min()) {
      outOfRange(
          "grid.layers.max",
          grid.layers().max(),
          "at least grid.layers.min, %d".formatted(grid.layers().min()));
    }
    double coefficient = grid.centre().coefficient();
    if (coefficient == 0) {
      outOfRange("grid.centre.coefficient", coefficient, "a positive number, such as 9e-4");
    }
  }

  private void metrics(List<Metric> metrics) {
    if (!metrics.contains(Metric.ValidationLoss)) {
      refusals.add(new PlanError.LossNotMeasured(metrics.stream().map(Metric::name).toList()));
    }
  }

  private void laws(LawsSpec laws, List<Double> budgets) {
    double confidence = laws.confidence();
    if (confidence == 0 || confidence == 1) {
      outOfRange("laws.confidence", confidence, "a share inside (0, 1), such as 0.95");
    }
    for (int i = 0; i < laws.predict().size(); i++) {
      double budget = laws.predict().get(i);
      if (budget < 1) {
        outOfRange("laws.predict[" + i + "]", budget, "training FLOPs, such as 1e21");
      }
    }
    Double checked = laws.validatePrediction();
    if (checked != null && budgets.contains(checked)) {
      outOfRange(
          "laws.validatePrediction",
          checked,
          "none of budgets, as the laws have seen those; use another budget, or"
              + " laws.holdOutLargest");
    }
  }

  private void outOfRange(String field, Object value, String expected) {
    refusals.add(new PlanError.OutOfRange(field, value.toString(), expected));
  }
}
