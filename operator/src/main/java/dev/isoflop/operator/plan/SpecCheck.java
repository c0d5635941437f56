package dev.isoflop.operator.plan;

import static java.util.stream.Collectors.toSet;

import dev.isoflop.api.v1alpha1.ScalingSweepSpec;
import dev.isoflop.api.v1alpha1.StatedBounds;
import dev.isoflop.api.v1alpha1.bounds.Bounds;
import dev.isoflop.api.v1alpha1.data.DataSpec;
import dev.isoflop.api.v1alpha1.data.DatasetSpec;
import dev.isoflop.api.v1alpha1.sweep.GridSpec;
import dev.isoflop.api.v1alpha1.sweep.LawsSpec;
import dev.isoflop.api.v1alpha1.sweep.SchedulingSpec;
import dev.isoflop.api.v1alpha1.training.EvaluationSpec;
import dev.isoflop.api.v1alpha1.training.LikelihoodSpec;
import dev.isoflop.api.v1alpha1.training.ScheduleSpec;
import dev.isoflop.api.v1alpha1.training.ScheduleType;
import dev.isoflop.api.v1alpha1.training.TrainingSpec;
import dev.isoflop.metric.Metric;
import dev.isoflop.trial.FeatureRules;
import dev.isoflop.trial.TrainingRules;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks the fields of a spec one by one, in the order of the manifest: what planning and deciding
 * rely on, and what the worker can run. It repeats bounds that an API server enforces, because
 * specs also come from files.
 */
final class SpecCheck {
  private final List<PlanError> refusals = new ArrayList<>();

  List<PlanError> check(ScalingSweepSpec spec) {
    budgets(spec.budgets());
    grid(spec.grid());
    boolean dataPresent = data(spec.data());
    if (refusals.isEmpty() && dataPresent) {
      refusals.addAll(ShapeCheck.of(spec));
    }
    training(spec.training());
    metrics(spec.evaluation().metrics());
    evaluation(
        spec.evaluation(), spec.training().captionDropout(), dataPresent ? spec.data() : null);
    FeatureRules.broken(spec.evaluation())
        .forEach(
            broken ->
                refusals.add(
                    new PlanError.FeatureSetting(
                        broken.field(), broken.problem(), broken.remedy())));
    TrainingRules.broken(spec.training(), spec.evaluation())
        .forEach(
            broken ->
                refusals.add(
                    new PlanError.TrainingSetting(
                        broken.field(), broken.problem(), broken.remedy())));
    scheduling(spec.scheduling());
    duration("collection.interval", spec.collection().interval());
    laws(spec.laws(), spec.budgets());
    stated(spec);
    if (refusals.isEmpty()) {
      refusals.addAll(LimitCheck.of(spec));
    }
    return List.copyOf(refusals);
  }

  /** The bounds that the schema states, of fields of which nothing was said yet. */
  private void stated(ScalingSweepSpec spec) {
    Set<String> told = refusals.stream().map(PlanError::field).collect(toSet());
    StatedBounds.broken(spec).stream()
        .filter(broken -> told.stream().noneMatch(field -> covers(field, broken.field())))
        .forEach(broken -> outOfRange(broken.field(), broken.value(), broken.expected()));
  }

  private static boolean covers(String told, String field) {
    return field.equals(told) || field.startsWith(told + ".");
  }

  private void budgets(@Nullable List<@Nullable Double> budgets) {
    if (budgets == null || budgets.isEmpty()) {
      refusals.add(
          new PlanError.Missing("budgets", "list training FLOPs, such as [1e17, 3e17, 1e18]"));
      return;
    }
    Set<Double> seen = new HashSet<>();
    for (int i = 0; i < budgets.size(); i++) {
      Double budget = budgets.get(i);
      if (budget == null || !Double.isFinite(budget) || budget < 1) {
        outOfRange("budgets[" + i + "]", budget, "training FLOPs of at least 1, such as 1e17");
      } else if (!seen.add(budget)) {
        refusals.add(new PlanError.DuplicateBudget(budget));
      }
    }
  }

  private void grid(GridSpec grid) {
    atLeast("grid.trialsPerBudget", grid.trialsPerBudget(), PlanError.TooFewSizes.NEEDED);
    if (grid.shapes() == null) {
      int most = Bounds.LAYERS;
      atLeast("grid.layers.min", grid.layers().min(), 1);
      if (grid.layers().max() < grid.layers().min() || grid.layers().max() > most) {
        outOfRange(
            "grid.layers.max",
            grid.layers().max(),
            "at least grid.layers.min, %d, and at most %d".formatted(grid.layers().min(), most));
      }
    } else if (grid.shapes().isEmpty()) {
      refusals.add(
          new PlanError.Missing(
              "grid.shapes", "list at least 3 shapes, or remove it to use grid.layers"));
    }
    if (!Double.isFinite(grid.span()) || grid.span() < 1) {
      outOfRange("grid.span", grid.span(), "a factor of at least 1, such as 8");
    }
    if (!Double.isFinite(grid.centre().coefficient()) || grid.centre().coefficient() <= 0) {
      outOfRange(
          "grid.centre.coefficient",
          grid.centre().coefficient(),
          "a positive number, such as 9e-4");
    }
    if (!Double.isFinite(grid.centre().exponent())) {
      outOfRange("grid.centre.exponent", grid.centre().exponent(), "a number, such as 0.568");
    }
    if (grid.repeats() < 1 || grid.repeats() > Bounds.REPEATS) {
      outOfRange("grid.repeats", grid.repeats(), "1 to " + Bounds.REPEATS);
    }
  }

  /** Whether there is enough of it to check shapes against. */
  private boolean data(@Nullable DataSpec data) {
    if (data == null) {
      refusals.add(new PlanError.Missing("data", "name a training set and an evaluation set"));
      return false;
    }
    dataset("data.train", data.train());
    List<DatasetSpec> evaluation = data.evaluation();
    if (evaluation == null || evaluation.isEmpty()) {
      refusals.add(
          new PlanError.Missing(
              "data.evaluation", "list at least one set; the laws are fitted to the loss on it"));
    } else {
      Set<String> names = new HashSet<>();
      for (int i = 0; i < evaluation.size(); i++) {
        DatasetSpec set = evaluation.get(i);
        if (dataset("data.evaluation[" + i + "]", set) && !names.add(set.name())) {
          refusals.add(new PlanError.DuplicateDataset(set.name()));
        }
      }
    }
    refusals.addAll(DataCheck.of(data));
    refusals.addAll(EncoderCheck.of(data));
    return true;
  }

  private boolean dataset(String field, @Nullable DatasetSpec dataset) {
    if (dataset == null) {
      refusals.add(new PlanError.Missing(field, "give its name, uri and format"));
      return false;
    }
    boolean complete = true;
    complete &= present(field + ".name", dataset.name(), "name it, such as scenes");
    complete &= present(field + ".uri", dataset.uri(), "say where it is, such as scenes:solid");
    complete &=
        present(field + ".format", dataset.format(), "say how it is stored, such as WebDataset");
    return complete;
  }

  private boolean present(String field, @Nullable Object value, String remedy) {
    if (value == null) {
      refusals.add(new PlanError.Missing(field, remedy));
    }
    return value != null;
  }

  private void evaluation(
      EvaluationSpec evaluation, double captionDropout, @Nullable DataSpec data) {
    atLeast("evaluation.samples", evaluation.samples(), 1);
    atLeast("evaluation.sampler.steps", evaluation.sampler().steps(), 1);
    double guidance = evaluation.sampler().guidance();
    if (!(guidance >= 0 && guidance <= 100)) {
      outOfRange("evaluation.sampler.guidance", guidance, "0 to 100, where 1 is none");
    } else if (guidance != 1 && captionDropout == 0) {
      outOfRange(
          "evaluation.sampler.guidance",
          guidance,
          "1, since models trained with training.captionDropout 0 know no empty caption to guide"
              + " away from");
    }
    within("evaluation.pictures.count", evaluation.pictures().count(), 256);
    within("evaluation.pictures.duringTraining", evaluation.pictures().duringTraining(), 32);
    LikelihoodSpec likelihood = evaluation.likelihood();
    Integer samples = likelihood.samples();
    if (samples != null && (samples < 1 || samples > evaluation.samples())) {
      outOfRange(
          "evaluation.likelihood.samples",
          samples,
          "1 to evaluation.samples, %d".formatted(evaluation.samples()));
    }
    atLeast("evaluation.likelihood.steps", likelihood.steps(), 1);
    probes(likelihood.probes(), data);
  }

  private void within(String field, int value, int most) {
    if (value < 0 || value > most) {
      outOfRange(field, value, "0 to " + most);
    }
  }

  private void probes(int probes, @Nullable DataSpec data) {
    String field = "evaluation.likelihood.probes";
    if (probes < 0 || probes > 1024) {
      outOfRange(field, probes, "0 to 1024");
    } else if (data != null) {
      long elements = (long) data.channels() * data.imageSize() * data.imageSize();
      if (probes > elements) {
        outOfRange(
            field,
            probes,
            "at most the %d elements of an image; 0 computes the divergence exactly"
                .formatted(elements));
      }
    }
  }

  private void training(TrainingSpec training) {
    int batch = training.batchSize();
    atLeast("training.batchSize", batch, 1);
    Integer portion = training.microBatch();
    if (portion != null && (portion < 1 || portion > batch)) {
      outOfRange(
          "training.microBatch",
          portion,
          "1 to training.batchSize, %d, or absent for the whole batch".formatted(batch));
    }
    ScheduleSpec schedule = training.schedule();
    share("training.schedule.warmupFraction", schedule.warmupFraction());
    share("training.schedule.decayFraction", schedule.decayFraction());
    share("training.schedule.finalFraction", schedule.finalFraction());
    if (schedule.type() == ScheduleType.WarmupStableDecay
        && schedule.warmupFraction() + schedule.decayFraction() > 1) {
      outOfRange(
          "training.schedule.decayFraction",
          schedule.decayFraction(),
          "at most 1 - training.schedule.warmupFraction, %s"
              .formatted(1 - schedule.warmupFraction()));
    }
    duration("training.checkpointInterval", training.checkpointInterval());
  }

  private void share(String field, double value) {
    if (!(value >= 0 && value <= 1)) {
      outOfRange(field, value, "a share from 0 to 1");
    }
  }

  private void metrics(List<Metric> metrics) {
    if (!metrics.contains(Metric.ValidationLoss)) {
      refusals.add(new PlanError.LossNotMeasured(metrics.stream().map(Metric::name).toList()));
    }
  }

  private void scheduling(SchedulingSpec scheduling) {
    atLeast("scheduling.maxParallel", scheduling.maxParallel(), 1);
    refusals.addAll(ResourceCheck.of(scheduling.resources()));
    Double peak = scheduling.peakFlops();
    if (peak != null && !(peak >= 1 && Double.isFinite(peak))) {
      outOfRange(
          "scheduling.peakFlops", peak, "FLOPs a second, such as 9.89e14, or absent to measure it");
    }
    if (scheduling.window() != null) {
      duration("scheduling.window.duration", scheduling.window().duration());
    }
    duration("scheduling.trialDeadline", scheduling.trialDeadline());
    atLeast("scheduling.failures.perTrial", scheduling.failures().perTrial(), 0);
    atLeast("scheduling.failures.perSweep", scheduling.failures().perSweep(), 0);
    within("scheduling.extraSizes", scheduling.extraSizes(), Bounds.EXTRA_SIZES);
  }

  private void laws(LawsSpec laws, @Nullable List<@Nullable Double> budgets) {
    if (!(laws.confidence() > 0 && laws.confidence() < 1)) {
      outOfRange("laws.confidence", laws.confidence(), "a share inside (0, 1), such as 0.95");
    }
    atLeast("laws.bootstrap", laws.bootstrap(), 0);
    for (int i = 0; i < laws.predict().size(); i++) {
      double budget = laws.predict().get(i);
      if (!Double.isFinite(budget) || budget < 1) {
        outOfRange("laws.predict[" + i + "]", budget, "training FLOPs, such as 1e21");
      }
    }
    Double checked = laws.validatePrediction();
    if (checked != null && (!Double.isFinite(checked) || checked < 1)) {
      outOfRange("laws.validatePrediction", checked, "training FLOPs, such as 1e21");
    } else if (checked != null && budgets != null && budgets.contains(checked)) {
      outOfRange(
          "laws.validatePrediction",
          checked,
          "none of budgets, as the laws have seen those; use another budget, or"
              + " laws.holdOutLargest");
    }
  }

  private void duration(String field, @Nullable String value) {
    boolean positive;
    try {
      Duration parsed = Duration.parse(value == null ? "" : value);
      positive = !parsed.isZero() && !parsed.isNegative();
    } catch (DateTimeParseException notADuration) {
      positive = false;
    }
    if (!positive) {
      outOfRange(field, value, "a positive ISO 8601 duration, such as PT10M or P1DT12H");
    }
  }

  private void atLeast(String field, int value, int least) {
    if (value < least) {
      outOfRange(field, value, "at least " + least);
    }
  }

  private void outOfRange(String field, @Nullable Object value, String expected) {
    refusals.add(new PlanError.OutOfRange(field, String.valueOf(value), expected));
  }
}
