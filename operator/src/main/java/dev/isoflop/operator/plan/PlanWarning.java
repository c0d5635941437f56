package dev.isoflop.operator.plan;

import dev.isoflop.laws.text.NumberFormat;
import dev.isoflop.model.TransformerShape;
import java.util.List;

/** A weakness of a planned sweep that does not stop it. */
public sealed interface PlanWarning {

  /** One CamelCase word, stable across versions. */
  default String reason() {
    return getClass().getSimpleName();
  }

  /** The weakness, its field, and the change that removes it. */
  String message();

  /** A law is a line through at least three points. */
  record TooFewBudgets(int budgets) implements PlanWarning {
    /** Budgets that a law needs. */
    public static final int NEEDED = 3;

    @Override
    public String message() {
      return "spec.budgets: %s but no laws; add budgets, %d are the least and 4 or more over a decade are sensible"
          .formatted(
              budgets == 1 ? "1 budget gives a curve" : budgets + " budgets give curves", NEEDED);
    }
  }

  /** The allowed shapes around a budget's centre are fewer than asked for. */
  record FewerSizes(double flops, int asked, List<TransformerShape> found) implements PlanWarning {
    public FewerSizes {
      found = List.copyOf(found);
    }

    @Override
    public String message() {
      return "spec.grid: budget %s has %d of %d sizes, as no more allowed shapes lie in its span; widen grid.span or allow more shapes"
          .formatted(NumberFormat.flops(flops), found.size(), asked);
    }
  }

  /** All sizes lie on one side of where the optimum is expected. */
  record OffCentre(double flops, double centre, double smallest, double largest)
      implements PlanWarning {
    @Override
    public String message() {
      boolean below = largest < centre;
      return "spec.grid: the sizes at budget %s, %s to %s, all lie %s the expected optimum %s; allow %s shapes, or change grid.centre"
          .formatted(
              NumberFormat.flops(flops),
              NumberFormat.count(smallest),
              NumberFormat.count(largest),
              below ? "below" : "above",
              NumberFormat.count(centre),
              below ? "larger" : "smaller");
    }
  }

  /** A setting that is possible, and with which models learn or are measured badly. */
  record DoubtfulSetting(String field, String problem, String remedy) implements PlanWarning {
    @Override
    public String message() {
      return "spec.%s: %s; %s".formatted(field, problem, remedy);
    }
  }

  /** Rounding to whole steps moves a trial noticeably off its budget. */
  record FewSteps(double flops, TransformerShape shape, long steps, int batchSize)
      implements PlanWarning {
    @Override
    public String message() {
      return "spec.training.batchSize: %d leaves %s only %d %s at budget %s; at least %d are sensible"
          .formatted(
              batchSize,
              ShapeText.shape(shape),
              steps,
              steps == 1 ? "step" : "steps",
              NumberFormat.flops(flops),
              PlanError.BudgetBelowOneStep.SENSIBLE_STEPS);
    }
  }
}
