package dev.isoflop.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.isoflop.api.v1alpha1.bounds.Bounds;
import dev.isoflop.api.v1alpha1.status.InterruptionStatus;
import dev.isoflop.api.v1alpha1.status.RetryStatus;
import dev.isoflop.api.v1alpha1.status.TrialBlock;
import dev.isoflop.api.v1alpha1.status.TrialColumns;
import dev.isoflop.api.v1alpha1.status.TrialJob;
import dev.isoflop.api.v1alpha1.status.TrialProgress;
import dev.isoflop.trial.TrialOutcome;
import dev.isoflop.trial.TrialResult;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Condition;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Observed state of a trial. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@RecordBuilder
public record TrialStatus(
    @JsonPropertyDescription("Generation of the spec that this status is about.")
        @Nullable Long observedGeneration,
    @Size(max = Bounds.CONDITIONS) @JsonPropertyDescription("Running, Finished, Succeeded.")
        List<Condition> conditions,
    @Min(0) @JsonPropertyDescription("Attempts started.") int attempt,
    @Min(0)
        @JsonPropertyDescription(
            "Attempts that ended by their own fault; counts against failures.perTrial.")
        int failures,
    @Min(0) @JsonPropertyDescription("Attempts ended from outside; never counts.") int disruptions,
    @Size(max = Bounds.TIME) @JsonPropertyDescription("When the first attempt started.")
        @Nullable String startTime,
    @Size(max = Bounds.TIME) @JsonPropertyDescription("When the trial ended.")
        @Nullable String completionTime,
    @Size(max = Bounds.TIME) @JsonPropertyDescription("When the next attempt may start.")
        @Nullable String nextRetryTime,
    @Min(0) @JsonPropertyDescription("Time spent running, over all attempts.")
        double runningSeconds,
    @JsonPropertyDescription("How far it is.") @Nullable TrialProgress progress,
    @JsonPropertyDescription("How it ended.") @Nullable TrialOutcome outcome,
    @JsonPropertyDescription("What it measured.") @Nullable TrialResult result,
    @Size(max = Bounds.MESSAGE)
        @JsonPropertyDescription(
            "What a reader should know now: why it waits, or how the last attempt ended.")
        @Nullable String message,
    @JsonPropertyDescription("The result as its columns show it.") @Nullable TrialColumns columns,
    @Min(0)
        @JsonPropertyDescription(
            "Part of runningSeconds that belongs to the open attempt; set once it is told to stop.")
        @Nullable Double attemptSeconds,
    @JsonPropertyDescription("How a worker last came to an end that did not end the trial.")
        @Nullable InterruptionStatus interruption,
    @Size(max = 64)
        @JsonPropertyDescription(
            "Limit that ended it: the container's memory for OutOfMemory, trialDeadline for"
                + " DeadlineExceeded. It runs again once that is raised.")
        @Nullable String limit,
    @JsonPropertyDescription("Which requests to try it again were met.")
        @Nullable RetryStatus retry,
    @Min(0)
        @JsonPropertyDescription(
            "Attempts that a fault of storage, data or cluster ended or kept from beginning; never"
                + " counts.")
        int blocked,
    @JsonPropertyDescription("The fault that holds the trial; absent once an attempt got past it.")
        @Nullable TrialBlock block,
    @JsonPropertyDescription("The Job made for the newest attempt; absent where none was.")
        @Nullable TrialJob job)
    implements TrialStatusBuilder.With {

  public TrialStatus {
    conditions = conditions == null ? List.of() : List.copyOf(conditions);
  }

  /** This status without its progress. */
  public TrialStatus withoutProgress() {
    return withProgress(null);
  }
}
