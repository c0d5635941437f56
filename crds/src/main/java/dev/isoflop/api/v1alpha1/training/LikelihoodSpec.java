package dev.isoflop.api.v1alpha1.training;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.isoflop.api.v1alpha1.bounds.Bounds;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import org.jspecify.annotations.Nullable;

/** Computation of the exact likelihood, by following the flow from data to noise. */
public record LikelihoodSpec(
    @Min(1)
        @Max(100000000)
        @JsonPropertyDescription(
            "Evaluation samples of each set, at most evaluation.samples. Absent for 1000, or for"
                + " evaluation.samples where that is less.")
        @Nullable Integer samples,
    @Default("Midpoint") @JsonPropertyDescription("Euler, Heun or Midpoint.") SamplerType solver,
    @Min(1)
        @Max(10000)
        @Default("32")
        @JsonPropertyDescription(
            "Integration steps from image to noise, denser near the image. Each costs a forward and"
                + " a backward pass for every probe, twice with Heun and Midpoint.")
        Integer steps,
    @Min(0)
        @Max(Bounds.PROBES)
        @Default("1")
        @JsonPropertyDescription(
            "Random vectors that estimate the divergence for each image; 0 computes it exactly,"
                + " with one pass for each element of the image.")
        Integer probes) {
  private static final int USUAL_SAMPLES = 1000;

  public LikelihoodSpec {
    solver = solver == null ? SamplerType.Midpoint : solver;
    steps = steps == null ? 32 : steps;
    probes = probes == null ? 1 : probes;
  }

  /** The defaults. */
  static LikelihoodSpec standard() {
    return new LikelihoodSpec(null, SamplerType.Midpoint, 32, 1);
  }

  /** Examples that the likelihood is computed for, where others are measured on this many. */
  public int samplesOf(int evaluationSamples) {
    return samples == null ? Math.min(USUAL_SAMPLES, evaluationSamples) : samples;
  }
}
