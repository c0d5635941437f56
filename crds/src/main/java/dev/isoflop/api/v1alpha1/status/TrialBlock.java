package dev.isoflop.api.v1alpha1.status;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.isoflop.api.v1alpha1.bounds.Bounds;
import dev.isoflop.trial.OutcomeReason;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A fault that holds a trial and is not the trial's own. */
public record TrialBlock(
    @Required @JsonPropertyDescription("What is at fault, for programs.") OutcomeReason reason,
    @Required
        @Size(max = Bounds.BLOCK_MESSAGE)
        @JsonPropertyDescription("What is at fault, for people, with the way out.")
        String message,
    @Required @Size(max = Bounds.TIME) @JsonPropertyDescription("When it was first met.")
        String since,
    @Required @Size(max = Bounds.TIME) @JsonPropertyDescription("When it was last met.")
        String last) {}
