package dev.isoflop.trial;

import dev.isoflop.api.v1alpha1.training.EvaluationSpec;
import dev.isoflop.api.v1alpha1.training.OptimizerSpec;
import dev.isoflop.api.v1alpha1.training.TrainingSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * Values that each lie within their bounds and yet train nothing, or give no numbers. Operator and
 * worker both hold a manifest to these rules, the one before anything is spent.
 */
public final class TrainingRules {
  /**
   * A rule that is broken.
   *
   * @param field such as {@code training.optimizer.beta1}
   */
  public record Problem(String field, String problem, String remedy) {}

  private final List<Problem> problems = new ArrayList<>();

  private TrainingRules() {}

  /** What is wrong with how models are trained, and measured after it. */
  public static List<Problem> broken(TrainingSpec training, EvaluationSpec evaluation) {
    TrainingRules rules = new TrainingRules();
    rules.optimizer(training.optimizer());
    rules.clip(training.gradientClip());
    rules.times(training.timesteps().scale());
    rules.guidance(training.captionDropout(), evaluation.sampler().guidance());
    return List.copyOf(rules.problems);
  }

  private void optimizer(OptimizerSpec optimizer) {
    double rate = optimizer.learningRate();
    if (!(rate > 0) || Double.isInfinite(rate)) {
      problem(
          "optimizer.learningRate", rate, "trains nothing", "give a positive one, such as 1e-4");
    }
    decay("optimizer.beta1", optimizer.beta1(), "0.9");
    decay("optimizer.beta2", optimizer.beta2(), "0.95");
    double epsilon = optimizer.epsilon();
    if (!(epsilon > 0)) {
      problem(
          "optimizer.epsilon",
          epsilon,
          "divides zero by zero where a gradient is zero, as most are at the first step",
          "give a small positive one, such as 1e-8");
    }
    double shrinking = rate * optimizer.weightDecay();
    if (shrinking >= 1) {
      problem(
          "optimizer.weightDecay",
          optimizer.weightDecay(),
          "times the learning rate is %s: each step takes away all of the weights"
              .formatted(shrinking),
          "give one under 1 / training.optimizer.learningRate, such as 0.01");
    }
  }

  /** AdamW divides by 1 - beta^step, and a mean that keeps everything never moves from zero. */
  private void decay(String field, double beta, String usual) {
    if (!(beta >= 0 && beta < 1)) {
      problem(
          field, beta, "keeps a mean at its start for ever", "give one under 1, such as " + usual);
    }
  }

  private void clip(double clip) {
    if (!(clip >= 0)) {
      problem("gradientClip", clip, "is not a norm", "give a positive one, or 0 for no clipping");
    }
  }

  private void times(double scale) {
    if (!(scale > 0)) {
      problem(
          "timesteps.scale",
          scale,
          "trains a single time, of the whole way from noise to data",
          "give a positive one, such as 1");
    }
  }

  private void guidance(double captionDropout, double guidance) {
    if (captionDropout >= 1 && guidance != 1) {
      problems.add(
          new Problem(
              "evaluation.sampler.guidance",
              guidance + " guides by captions, but training.captionDropout 1 shows models none",
              "give 1, or a smaller training.captionDropout"));
    }
  }

  private void problem(String field, double value, String why, String remedy) {
    problems.add(new Problem("training." + field, value + " " + why, remedy));
  }
}
