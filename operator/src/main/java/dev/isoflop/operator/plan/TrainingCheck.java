package dev.isoflop.operator.plan;

import dev.isoflop.api.v1alpha1.ScalingSweepSpec;
import dev.isoflop.api.v1alpha1.training.OptimizerSpec;
import dev.isoflop.api.v1alpha1.training.ScheduleSpec;
import dev.isoflop.api.v1alpha1.training.TimestepSpec;
import dev.isoflop.api.v1alpha1.training.TrainingSpec;
import dev.isoflop.laws.text.NumberFormat;
import dev.isoflop.model.TransformerShape;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds settings near their bounds with which training runs and gives numbers, but hardly trains or
 * measures. What trains nothing at all is refused by {@link dev.isoflop.rules.TrainingRules}.
 */
final class TrainingCheck {
  /**
   * AdamW moves a weight by about the learning rate at each step; weights are about 0.1 or less.
   */
  private static final double LARGEST_RATE = 0.1;

  /** A weight that shrinks by this much a step forgets in a hundred what it learned. */
  private static final double LARGEST_SHRINKING = 0.01;

  private static final double LONGEST_WARMUP = 0.5;

  /** |logit t| of times that are within 0.001 of an end. */
  private static final double END = 6.9;

  private static final int FEWEST_SAMPLES = 32;

  private final List<PlanWarning> warnings = new ArrayList<>();

  private TrainingCheck() {}

  /** The doubtful settings of a spec whose fields make sense one by one. */
  static List<PlanWarning> of(ScalingSweepSpec spec, List<PlannedBudget> budgets) {
    TrainingCheck check = new TrainingCheck();
    TrainingSpec training = spec.training();
    check.optimizer(training.optimizer());
    check.epsilon(training, budgets);
    check.warmup(training.schedule());
    check.times(training.timesteps());
    if (training.captionDropout() == 1) {
      check.doubt(
          "training.captionDropout",
          "1 trains every model without captions",
          "give less, such as 0.1, unless that is what you want");
    }
    if (spec.evaluation().samples() < FEWEST_SAMPLES) {
      check.doubt(
          "evaluation.samples",
          "the loss on %s is mostly noise".formatted(samples(spec.evaluation().samples())),
          "give at least %d; 10000 is usual".formatted(FEWEST_SAMPLES));
    }
    return List.copyOf(check.warnings);
  }

  private static String samples(int count) {
    return count == 1 ? "1 sample" : count + " samples";
  }

  private void optimizer(OptimizerSpec optimizer) {
    double rate = optimizer.learningRate();
    if (rate > LARGEST_RATE) {
      doubt(
          "training.optimizer.learningRate",
          "%s moves every weight by about %s a step, more than weights are".formatted(rate, rate),
          "give a smaller one; 1e-4 to 1e-2 are usual");
    }
    double shrinking = rate * optimizer.weightDecay();
    if (shrinking > LARGEST_SHRINKING) {
      doubt(
          "training.optimizer.weightDecay",
          "%s times the learning rate takes %s of every weight a step, so models forget what they learned"
              .formatted(optimizer.weightDecay(), NumberFormat.flops(shrinking)),
          "give less, such as 0.01");
    }
  }

  /**
   * A gradient of norm g over n parameters has a root mean square of g / sqrt(n); where epsilon is
   * larger, it decides the size of a step, and not the gradient.
   */
  private void epsilon(TrainingSpec training, List<PlannedBudget> budgets) {
    double largest =
        budgets.stream()
            .flatMap(budget -> budget.shapes().stream())
            .mapToDouble(TransformerShape::totalParameters)
            .max()
            .orElse(1);
    double clip = training.gradientClip();
    double norm = clip == 0 ? 1 : Math.min(1, clip);
    double typical = norm / Math.sqrt(largest);
    double epsilon = training.optimizer().epsilon();
    if (epsilon > typical) {
      doubt(
          "training.optimizer.epsilon",
          "%s is more than a usual gradient of the largest model, %s at norm %s: steps shrink to almost nothing"
              .formatted(epsilon, NumberFormat.flops(typical), norm),
          "give a smaller one, such as 1e-8"
              + (clip > 0 && clip < 1 ? ", or a larger training.gradientClip" : ""));
    }
  }

  private void warmup(ScheduleSpec schedule) {
    if (schedule.warmupFraction() > LONGEST_WARMUP) {
      doubt(
          "training.schedule.warmupFraction",
          "%s of all steps pass before the learning rate is reached"
              .formatted(schedule.warmupFraction()),
          "give less, such as 0.01");
    }
  }

  /**
   * Warns where location + scale lies past the end: one normal number in six lies behind it then.
   */
  private void times(TimestepSpec times) {
    if (Math.abs(times.location()) + times.scale() > END) {
      doubt(
          "training.timesteps",
          "location %s and scale %s put one time in six or more within 0.001 of an end, where there is nothing to learn"
              .formatted(times.location(), times.scale()),
          "move them towards 0 and 1");
    }
  }

  private void doubt(String field, String problem, String remedy) {
    warnings.add(new PlanWarning.DoubtfulSetting(field, problem, remedy));
  }
}
