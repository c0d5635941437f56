package dev.isoflop.api.v1alpha1.status;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.isoflop.api.v1alpha1.bounds.Bounds;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** End of a worker that did not end its trial. */
public record InterruptionStatus(
    @Min(1) @JsonPropertyDescription("Number of the attempt.") int attempt,
    @Required
        @Size(max = 64)
        @JsonPropertyDescription(
            "BackOff after a failed attempt, Disrupted by something outside, Blocked by a fault"
                + " that is not the trial's, Stopped by the sweep.")
        String reason,
    @Required @Size(max = Bounds.MESSAGE) @JsonPropertyDescription("Why, for people.")
        String message,
    @Required @Size(max = Bounds.TIME) @JsonPropertyDescription("When.") String time) {}
