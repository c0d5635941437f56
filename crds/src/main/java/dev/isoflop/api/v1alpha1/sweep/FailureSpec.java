package dev.isoflop.api.v1alpha1.sweep;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import org.jspecify.annotations.Nullable;

/** Number of failures that are tolerated. Evictions, preemptions and lost nodes never count. */
public record FailureSpec(
    @Min(0)
        @Max(100)
        @Default("2")
        @JsonPropertyDescription(
            "Failed attempts of a trial that are tried again; one more and the trial has failed.")
        Integer perTrial,
    @Min(0)
        @Max(10000)
        @Default("5")
        @JsonPropertyDescription("Failed trials that a sweep tolerates.")
        Integer perSweep,
    @Default("Drain") @JsonPropertyDescription("Drain or Cancel.") OnFailuresExceeded onExceeded,
    @Min(0)
        @Max(1000000)
        @Default("0")
        @JsonPropertyDescription(
            "Samples of each data set that may be broken (pictures that no decoder reads, latents"
                + " of another shape ...): the next whole one takes the place of each, the same in"
                + " every trial, and the result counts them. One more and the trial fails.")
        Integer brokenSamples) {

  public FailureSpec {
    perTrial = perTrial == null ? 2 : perTrial;
    perSweep = perSweep == null ? 5 : perSweep;
    onExceeded = onExceeded == null ? OnFailuresExceeded.Drain : onExceeded;
    brokenSamples = brokenSamples == null ? 0 : brokenSamples;
  }

  /** Broken samples that are borne, as workers are told; null for none. */
  public @Nullable Integer borneSamples() {
    return brokenSamples == 0 ? null : brokenSamples;
  }

  /** Failures to bear, and no broken sample. */
  public FailureSpec(Integer perTrial, Integer perSweep, OnFailuresExceeded onExceeded) {
    this(perTrial, perSweep, onExceeded, 0);
  }
}
