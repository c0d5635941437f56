package dev.isoflop.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.isoflop.api.v1alpha1.bounds.Bounds;
import dev.isoflop.api.v1alpha1.data.DataSpec;
import dev.isoflop.api.v1alpha1.sweep.CollectionSpec;
import dev.isoflop.api.v1alpha1.sweep.GridSpec;
import dev.isoflop.api.v1alpha1.sweep.LawsSpec;
import dev.isoflop.api.v1alpha1.sweep.PowerLawPrior;
import dev.isoflop.api.v1alpha1.sweep.SchedulingSpec;
import dev.isoflop.api.v1alpha1.sweep.StorageSpec;
import dev.isoflop.api.v1alpha1.training.EvaluationSpec;
import dev.isoflop.api.v1alpha1.training.LayerRange;
import dev.isoflop.api.v1alpha1.training.ModelSpec;
import dev.isoflop.api.v1alpha1.training.TrainingSpec;
import dev.isoflop.model.Architecture;
import dev.isoflop.model.FlopConvention;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** Specification of a sweep. A suspended one may be of any size: nothing of it starts. */
@ValidationRule(
    value = SweepLimits.TRIALS_RULE,
    fieldPath = ".grid",
    reason = "FieldValueInvalid",
    message = SweepLimits.TRIALS_MESSAGE)
@ValidationRule(
    value = "!has(self.laws.validatePrediction) || !(self.laws.validatePrediction in self.budgets)",
    message =
        "laws.validatePrediction must be none of budgets: the laws have seen those; use another, or"
            + " laws.holdOutLargest")
public record ScalingSweepSpec(
    @Required
        @Size(min = 1, max = Bounds.BUDGETS)
        @ValidationRule(
            value = "oldSelf.all(b, b in self)",
            message = "budgets may only be added: those present define the experiment")
        @JsonPropertyDescription(
            "Training FLOPs of one trial, one isoFLOP curve each, such as 1e17.")
        List<@Min(1) Double> budgets,
    @Default("Analytic")
        @ValidationRule(
            value = "self == oldSelf",
            message =
                "flopConvention is immutable: it defines the experiment; create another sweep")
        @JsonPropertyDescription(
            "What a FLOP means: Analytic (exact matrix multiplications) or SixND (C = 6 N D).")
        FlopConvention flopConvention,
    @Default("{}")
        @JsonPropertyDescription(
            "Which model sizes are trained at each budget. It may grow: trials that exist stay.")
        GridSpec grid,
    @Default("{}")
        @ValidationRule(
            value = "self == oldSelf",
            message = "model is immutable: it defines the experiment; create another sweep")
        @JsonPropertyDescription("What all models have in common.")
        ModelSpec model,
    @Required
        @ValidationRule(
            value = "self == oldSelf",
            message = "data is immutable: it defines the experiment; create another sweep")
        @JsonPropertyDescription("What the models train on and are measured on.")
        DataSpec data,
    @Default("{}")
        @ValidationRule(
            value = "self == oldSelf",
            message = "training is immutable: it defines the experiment; create another sweep")
        @JsonPropertyDescription("How every model is trained.")
        TrainingSpec training,
    @Default("{}")
        @ValidationRule(
            value = "self == oldSelf",
            message = "evaluation is immutable: it defines the experiment; create another sweep")
        @JsonPropertyDescription("How a trained model is measured.")
        EvaluationSpec evaluation,
    @Default("{}") @JsonPropertyDescription("Where, when and how many trials run.")
        SchedulingSpec scheduling,
    @Default("{}") @JsonPropertyDescription("Where trials keep checkpoints and results.")
        StorageSpec storage,
    @Default("{}") @JsonPropertyDescription("How the metrics of running trials are collected.")
        CollectionSpec collection,
    @Default("{}") @JsonPropertyDescription("How the laws are fitted.") LawsSpec laws,
    @Default("false")
        @JsonPropertyDescription(
            "No trial starts while true; running ones are stopped and resume later.")
        Boolean suspend) {

  public ScalingSweepSpec {
    flopConvention = flopConvention == null ? FlopConvention.Analytic : flopConvention;
    grid =
        grid == null
            ? new GridSpec(7, new LayerRange(2, 15), null, 8.0, new PowerLawPrior(9e-4, 0.568), 1)
            : grid;
    model = model == null ? new ModelSpec(Architecture.InContext, 64, 64, 2) : model;
    training = training == null ? TrainingSpec.standard() : training;
    evaluation = evaluation == null ? EvaluationSpec.standard() : evaluation;
    scheduling = scheduling == null ? SchedulingSpec.standard() : scheduling;
    storage = storage == null ? new StorageSpec("isoflop", "sweeps") : storage;
    collection = collection == null ? new CollectionSpec(null, "PT15S") : collection;
    laws = laws == null ? new LawsSpec(0.95, 1000, false, List.of(), null) : laws;
    suspend = suspend == null ? false : suspend;
  }
}
