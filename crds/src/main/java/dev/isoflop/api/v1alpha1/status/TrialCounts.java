package dev.isoflop.api.v1alpha1.status;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;

/** Number of a sweep's trials in each state. */
public record TrialCounts(
    @Min(0) @JsonPropertyDescription("Trials of the grid.") int planned,
    @Min(0) @JsonPropertyDescription("Not started, or waiting for another attempt.") int queued,
    @Min(0) @JsonPropertyDescription("Running now.") int running,
    @Min(0) @JsonPropertyDescription("Ended with numbers that enter the fit.") int succeeded,
    @Min(0) @JsonPropertyDescription("Ran, but must not enter the fit.") int excluded,
    @Min(0) @JsonPropertyDescription("Ended without numbers.") int failed,
    @Size(max = 32) @JsonPropertyDescription("Ended trials of all, such as 31/42.")
        String summary) {}
