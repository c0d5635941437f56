package dev.isoflop.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/** How many faults are borne. Evictions, preemptions and lost nodes never count. */
public record FailureSpec(
    @Min(0)
        @Max(100)
        @Default("2")
        @JsonPropertyDescription(
            "Failed attempts of a trial that are tried again; one more and the trial has failed.")
        Integer perTrial,
    @Min(0) @Max(10000) @Default("5") @JsonPropertyDescription("Failed trials that a sweep bears.")
        Integer perSweep,
    @Default("Drain") @JsonPropertyDescription("Drain or Cancel.") OnFailuresExceeded onExceeded) {

  public FailureSpec {
    perTrial = perTrial == null ? 2 : perTrial;
    perSweep = perSweep == null ? 5 : perSweep;
    onExceeded = onExceeded == null ? OnFailuresExceeded.Drain : onExceeded;
  }
}
