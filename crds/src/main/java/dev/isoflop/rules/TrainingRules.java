package dev.isoflop.rules;

import dev.isoflop.api.v1alpha1.data.DataSpec;
import dev.isoflop.api.v1alpha1.training.EvaluationSpec;
import dev.isoflop.api.v1alpha1.training.LikelihoodSpec;
import dev.isoflop.api.v1alpha1.training.OptimizerSpec;
import dev.isoflop.api.v1alpha1.training.ScheduleSpec;
import dev.isoflop.api.v1alpha1.training.ScheduleType;
import dev.isoflop.api.v1alpha1.training.TrainingSpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Values of training and of what is measured after it that each lie within their bounds, and yet do
 * not go together, train nothing, or give no numbers.
 */
public final class TrainingRules {
  private final List<BrokenRule> broken = new ArrayList<>();

  private TrainingRules() {}

  /** The rules that are broken by how models are trained on this data, and measured after it. */
  public static List<BrokenRule> broken(
      DataSpec data, TrainingSpec training, EvaluationSpec evaluation) {
    TrainingRules rules = new TrainingRules();
    rules.portion(training.microBatch(), training.batchSize());
    rules.schedule(training.schedule());
    rules.optimizer(training.optimizer());
    rules.times(training.timesteps().scale());
    rules.guidance(training.captionDropout(), evaluation.sampler().guidance());
    rules.likelihood(evaluation.likelihood(), evaluation.samples(), data);
    return List.copyOf(rules.broken);
  }

  private void portion(@Nullable Integer portion, int batch) {
    if (portion != null && portion > batch) {
      outOfRange(
          "training.microBatch",
          portion,
          "1 to training.batchSize, %d, or absent for the whole batch".formatted(batch));
    }
  }

  private void schedule(ScheduleSpec schedule) {
    if (schedule.type() == ScheduleType.WarmupStableDecay
        && schedule.warmupFraction() + schedule.decayFraction() > 1) {
      outOfRange(
          "training.schedule.decayFraction",
          schedule.decayFraction(),
          "at most 1 - training.schedule.warmupFraction, %s"
              .formatted(1 - schedule.warmupFraction()));
    }
  }

  private void optimizer(OptimizerSpec optimizer) {
    double rate = optimizer.learningRate();
    if (rate == 0) {
      problem(
          "optimizer.learningRate", rate, "trains nothing", "give a positive one, such as 1e-4");
    }
    decay("optimizer.beta1", optimizer.beta1(), "0.9");
    decay("optimizer.beta2", optimizer.beta2(), "0.95");
    double epsilon = optimizer.epsilon();
    if (epsilon == 0) {
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
    if (beta == 1) {
      problem(
          field, beta, "keeps a mean at its start for ever", "give one under 1, such as " + usual);
    }
  }

  private void times(double scale) {
    if (scale == 0) {
      problem(
          "timesteps.scale",
          scale,
          "trains a single time, of the whole way from noise to data",
          "give a positive one, such as 1");
    }
  }

  private void guidance(double captionDropout, double guidance) {
    String field = "evaluation.sampler.guidance";
    if (captionDropout == 0 && guidance != 1) {
      outOfRange(
          field,
          guidance,
          "1, since models trained with training.captionDropout 0 know no empty caption to guide"
              + " away from");
    } else if (captionDropout == 1 && guidance != 1) {
      broken.add(
          new BrokenRule(
              BrokenRule.Kind.TrainingSetting,
              field,
              guidance + " guides by captions, but training.captionDropout 1 shows models none",
              "give 1, or a smaller training.captionDropout"));
    }
  }

  private void likelihood(LikelihoodSpec likelihood, int samples, DataSpec data) {
    if (likelihood.samplesOf(samples) > samples) {
      outOfRange(
          "evaluation.likelihood.samples",
          likelihood.samplesOf(samples),
          "1 to evaluation.samples, %d".formatted(samples));
    }
    long elements = (long) data.channels() * data.imageSize() * data.imageSize();
    if (likelihood.probes() > elements) {
      outOfRange(
          "evaluation.likelihood.probes",
          likelihood.probes(),
          "at most the %d elements of an image; 0 computes the divergence exactly"
              .formatted(elements));
    }
  }

  private void outOfRange(String field, Object value, String expected) {
    broken.add(BrokenRule.outOfRange(field, value, expected));
  }

  private void problem(String field, double value, String why, String remedy) {
    broken.add(
        new BrokenRule(
            BrokenRule.Kind.TrainingSetting, "training." + field, value + " " + why, remedy));
  }
}
