package dev.isoflop.operator.plan;

import static java.util.stream.Collectors.joining;

import dev.isoflop.laws.text.NumberFormat;
import dev.isoflop.model.TransformerShape;
import dev.isoflop.rules.BrokenRule;
import dev.isoflop.text.ShownText;
import java.util.List;
import java.util.Locale;

/** Why a sweep cannot be trained as written. Rendered as "field: value and problem; remedy". */
public sealed interface PlanError {

  /** Path of the field in the manifest, such as {@code grid.layers}. */
  String field();

  /** The value, and what is wrong with it. */
  String problem();

  /** The change of the manifest that removes the error. */
  String remedy();

  /** One CamelCase word, stable across versions, such as {@code TooFewSizes}. */
  default String reason() {
    return getClass().getSimpleName();
  }

  /** One line for people. */
  default String message() {
    return ShownText.message("spec." + field() + ": " + problem() + "; " + remedy());
  }

  /** A rule that the worker holds trials to as well. */
  record RuleBroken(BrokenRule rule) implements PlanError {
    @Override
    public String field() {
      return rule.field();
    }

    @Override
    public String problem() {
      return rule.problem();
    }

    @Override
    public String remedy() {
      return rule.remedy();
    }

    @Override
    public String reason() {
      return rule.kind().name();
    }
  }

  /** A number, duration or list that makes no sense by itself. */
  record OutOfRange(String field, String value, String expected) implements PlanError {
    @Override
    public String problem() {
      return "is " + value;
    }

    @Override
    public String remedy() {
      return "give " + expected;
    }
  }

  /** A value that its own reader refuses, such as a cron expression. */
  record Unreadable(String field, String problem, String remedy) implements PlanError {}

  /** An address that whoever runs the operator has not allowed to be asked. */
  record AddressNotAllowed(String field, String problem, String remedy) implements PlanError {}

  /** A pod template with a field or a value that pods do not have. */
  record TemplateInvalid(String field, String problem, String remedy) implements PlanError {}

  /** A pod template that asks for what pods of workers may not have. */
  record TemplateForbidden(String field, String problem, String remedy) implements PlanError {}

  /** The laws are fitted to the validation loss, so it must be measured. */
  record LossNotMeasured(List<String> metrics) implements PlanError {
    public LossNotMeasured {
      metrics = List.copyOf(metrics);
    }

    @Override
    public String field() {
      return "evaluation.metrics";
    }

    @Override
    public String problem() {
      return metrics + " lacks ValidationLoss, which the laws are fitted to";
    }

    @Override
    public String remedy() {
      return "add ValidationLoss";
    }
  }

  /**
   * More measurements than a pod can report.
   *
   * @param metrics asked for
   * @param sets to measure on
   * @param room how many of the metrics there is room for on these sets
   */
  record TooManyMeasurements(int metrics, int sets, int room) implements PlanError {
    @Override
    public String field() {
      return "evaluation.metrics";
    }

    @Override
    public String problem() {
      return "%d metrics on %d sets are %d measurements of each trial, more than a pod can report"
          .formatted(metrics, sets, metrics * sets);
    }

    @Override
    public String remedy() {
      return room == 0
          ? "name fewer sets in data.evaluation"
          : "measure at most %d on these sets, or name fewer sets in data.evaluation"
              .formatted(room);
    }
  }

  /**
   * More trials than a sweep may have.
   *
   * @param budgets of the sweep
   * @param sizes at each budget, without extra ones
   * @param extraSizes that a budget may get
   * @param repeats of each point
   * @param most trials that a sweep may have
   */
  record TooManyTrials(int budgets, int sizes, int extraSizes, int repeats, int most)
      implements PlanError {
    @Override
    public String field() {
      return "grid";
    }

    @Override
    public String problem() {
      return String.format(
          Locale.ROOT,
          "%d budgets x (%d sizes%s) x %s are %,d trials, more than the %,d that a sweep may have",
          budgets,
          sizes,
          extraSizes == 0 ? "" : " + %d of scheduling.extraSizes".formatted(extraSizes),
          repeats == 1 ? "1 repeat" : repeats + " repeats",
          trials(),
          most);
    }

    private long trials() {
      return (long) budgets * (sizes + extraSizes) * repeats;
    }

    @Override
    public String remedy() {
      long points = (long) budgets * (sizes + extraSizes);
      long fewerSizes = most / ((long) budgets * repeats) - extraSizes;
      if (repeats > 1 && points <= most) {
        return "lower grid.repeats to %d, or spread the budgets over several sweeps"
            .formatted(most / points);
      }
      if (fewerSizes >= TooFewSizes.NEEDED) {
        return "lower grid.trialsPerBudget to %d, or spread the budgets over several sweeps"
            .formatted(fewerSizes);
      }
      return "lower grid.repeats or grid.trialsPerBudget, or spread the budgets over several"
          + " sweeps";
    }
  }

  /**
   * More bootstrap resamples than the fit of a sweep of this size may take.
   *
   * @param resamples asked for
   * @param most that the sweep may ask for
   */
  record TooManyResamples(int resamples, long most) implements PlanError {
    @Override
    public String field() {
      return "laws.bootstrap";
    }

    @Override
    public String problem() {
      return "%s resamples of a sweep with so many budgets, trials and measurements take too long"
          .formatted(shown(resamples));
    }

    @Override
    public String remedy() {
      return "give at most %s, or measure on fewer sets".formatted(shown(most));
    }

    static String shown(long count) {
      return NumberFormat.whole(count);
    }
  }

  /** A budget is written twice. */
  record DuplicateBudget(double flops) implements PlanError {
    @Override
    public String field() {
      return "budgets";
    }

    @Override
    public String problem() {
      return NumberFormat.flops(flops) + " stands twice";
    }

    @Override
    public String remedy() {
      return "remove one, or use grid.repeats to train each point more than once";
    }
  }

  /** Dimensions that do not fit together. */
  record ShapeInvalid(String field, String problem, String remedy) implements PlanError {}

  /** No allowed shape lies near the expected optimum of a budget. */
  record NoFeasibleShape(
      double flops,
      double centre,
      double lowest,
      double highest,
      List<TransformerShape> nearest,
      String remedy)
      implements PlanError {
    public NoFeasibleShape {
      nearest = List.copyOf(nearest);
    }

    @Override
    public String field() {
      return "grid";
    }

    @Override
    public String problem() {
      return "no allowed shape has %s to %s parameters, the span around %s for budget %s (nearest: %s)"
          .formatted(
              NumberFormat.count(lowest),
              NumberFormat.count(highest),
              NumberFormat.count(centre),
              NumberFormat.flops(flops),
              nearest.stream().map(ShapeText::shape).collect(joining(" and ")));
    }
  }

  /** A parabola needs three different sizes. */
  record TooFewSizes(
      double flops,
      double centre,
      double lowest,
      double highest,
      List<TransformerShape> found,
      List<TransformerShape> nearest,
      String remedy)
      implements PlanError {
    /** Sizes that a parabola needs. */
    public static final int NEEDED = 3;

    public TooFewSizes {
      found = List.copyOf(found);
      nearest = List.copyOf(nearest);
    }

    @Override
    public String field() {
      return "grid";
    }

    @Override
    public String problem() {
      String others =
          nearest.isEmpty()
              ? ""
              : "; nearest others: "
                  + nearest.stream().map(ShapeText::shape).collect(joining(" and "));
      return "only %s with %s to %s parameters, the span around %s for budget %s, and a parabola needs %d sizes (found: %s%s)"
          .formatted(
              found.size() == 1 ? "1 allowed shape" : found.size() + " allowed shapes",
              NumberFormat.count(lowest),
              NumberFormat.count(highest),
              NumberFormat.count(centre),
              NumberFormat.flops(flops),
              NEEDED,
              found.stream().map(ShapeText::shape).collect(joining(", ")),
              others);
    }
  }

  /** One optimizer step of a model already costs more than the budget. */
  record BudgetBelowOneStep(
      int index, double flops, TransformerShape shape, int batchSize, double stepFlops)
      implements PlanError {
    /** Steps from which rounding to whole steps stays under half a per cent of the budget. */
    public static final int SENSIBLE_STEPS = 100;

    @Override
    public String field() {
      return "budgets[" + index + "]";
    }

    @Override
    public String problem() {
      return "%s is less than one step of %s at batch size %d, which costs %s FLOPs"
          .formatted(
              NumberFormat.flops(flops),
              ShapeText.shape(shape),
              batchSize,
              NumberFormat.flops(stepFlops));
    }

    @Override
    public String remedy() {
      double batch = Math.floor(batchSize * flops / (SENSIBLE_STEPS * stepFlops));
      String smaller =
          batch >= 1
              ? ", or lower training.batchSize to %s".formatted(NumberFormat.setting(batch))
              : "";
      return "raise it to at least %s (%d steps)%s"
          .formatted(NumberFormat.flops(SENSIBLE_STEPS * stepFlops), SENSIBLE_STEPS, smaller);
    }
  }

  /** A budget that takes more samples than a double counts one by one. */
  record BudgetTooLarge(int index, double flops, TransformerShape shape, double sampleFlops)
      implements PlanError {
    /** Every whole number up to it is a double. */
    static final double MOST_SAMPLES = 0x1p53;

    @Override
    public String field() {
      return "budgets[" + index + "]";
    }

    @Override
    public String problem() {
      return "%s trains %s on more samples than can be counted, %s"
          .formatted(
              NumberFormat.flops(flops),
              ShapeText.shape(shape),
              NumberFormat.count(flops / sampleFlops));
    }

    @Override
    public String remedy() {
      return "lower it, or leave models so small out of its grid";
    }
  }
}
