package dev.isoflop.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.isoflop.api.v1alpha1.bounds.Bounds;
import dev.isoflop.api.v1alpha1.status.BudgetStatus;
import dev.isoflop.api.v1alpha1.status.ComputeStatus;
import dev.isoflop.api.v1alpha1.status.LawsStatus;
import dev.isoflop.api.v1alpha1.status.PredictionStatus;
import dev.isoflop.api.v1alpha1.status.SweepColumns;
import dev.isoflop.api.v1alpha1.status.TrialCounts;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Condition;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Observed state of a sweep. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@RecordBuilder
public record ScalingSweepStatus(
    @JsonPropertyDescription("Generation of the spec that this status is about.")
        @Nullable Long observedGeneration,
    @Size(max = Bounds.CONDITIONS)
        @JsonPropertyDescription(
            "Accepted, Progressing, MetricsAvailable, LawsFitted, Degraded, Finished, Succeeded.")
        List<Condition> conditions,
    @JsonPropertyDescription("How many trials stand where.") @Nullable TrialCounts trials,
    @JsonPropertyDescription("What the sweep costs.") @Nullable ComputeStatus compute,
    @Size(max = Bounds.BUDGETS) @JsonPropertyDescription("The isoFLOP curves.")
        List<BudgetStatus> budgets,
    @JsonPropertyDescription("The fitted laws.") @Nullable LawsStatus laws,
    @Size(max = 34) @JsonPropertyDescription("The laws at the budgets of laws.predict.")
        List<PredictionStatus> predictions,
    @JsonPropertyDescription("What kubectl prints of the laws.") @Nullable SweepColumns columns,
    @Size(max = Bounds.NAME)
        @JsonPropertyDescription("Value of the annotation isoflop.dev/retry that was met.")
        @Nullable String retry)
    implements ScalingSweepStatusBuilder.With {

  public ScalingSweepStatus {
    conditions = conditions == null ? List.of() : List.copyOf(conditions);
    budgets = budgets == null ? List.of() : List.copyOf(budgets);
    predictions = predictions == null ? List.of() : List.copyOf(predictions);
  }
}
