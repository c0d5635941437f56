package dev.isoflop.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.isoflop.trial.TrialExperiment;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** One model to be trained at one budget. */
public record TrialSpec(
    @Required
        @Size(min = 1, max = 253)
        @ValidationRule(
            value = "self == oldSelf",
            message = "sweep is immutable: it defines the experiment; create another sweep")
        @JsonPropertyDescription("Name of the sweep.")
        String sweep,
    @Required
        @Size(min = 16, max = 16)
        @ValidationRule(
            value = "self == oldSelf",
            message = "key is immutable: it defines the experiment; create another sweep")
        @JsonPropertyDescription("Digest of the experiment.")
        String key,
    @Required
        @ValidationRule(
            value = "self == oldSelf",
            message = "experiment is immutable: it defines the experiment; create another sweep")
        @JsonPropertyDescription("Everything that decides the trial's numbers.")
        TrialExperiment experiment,
    @Default("true") @JsonPropertyDescription("The trial waits while true.") Boolean suspend) {

  public TrialSpec {
    suspend = suspend == null ? true : suspend;
  }
}
