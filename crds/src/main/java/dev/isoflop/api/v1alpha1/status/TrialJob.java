package dev.isoflop.api.v1alpha1.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/**
 * The Job that the operator made for a trial's newest attempt. Nothing of another one counts, be it
 * named, labelled and owned as this one is.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TrialJob(
    @Required @Min(1) @JsonPropertyDescription("Number of the attempt.") int attempt,
    @Size(max = 64)
        @JsonPropertyDescription(
            "SHA-256 of the token that the Job was made with; recorded before it is made. Absent"
                + " for a Job that an earlier release made.")
        @Nullable String tokenSha256,
    @Size(max = 64)
        @JsonPropertyDescription(
            "The Job's uid; recorded once it is made. From then on the Job is known by it alone.")
        @Nullable String uid) {}
