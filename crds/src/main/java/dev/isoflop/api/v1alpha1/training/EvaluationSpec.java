package dev.isoflop.api.v1alpha1.training;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.isoflop.api.v1alpha1.data.FeatureExtractorSpec;
import dev.isoflop.metric.Metric;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Evaluation of a trained model. */
public record EvaluationSpec(
    @Min(1)
        @Max(100000000)
        @Default("10000")
        @JsonPropertyDescription("Evaluation samples of each set.")
        Integer samples,
    @Size(min = 1, max = 8)
        @Default("[\"ValidationLoss\"]")
        @JsonPropertyDescription(
            "What is measured: ValidationLoss, VLB, Likelihood, FID, KID, FrechetDistance,"
                + " KernelDistance.")
        List<Metric> metrics,
    @Default("EMA") @JsonPropertyDescription("Which weights are measured: EMA or Raw.")
        Weights weights,
    @Default("{}") @JsonPropertyDescription("How samples and pictures are drawn.")
        SamplerSpec sampler,
    @Default("{}") @JsonPropertyDescription("How the exact likelihood is computed.")
        LikelihoodSpec likelihood,
    @Default("{}") @JsonPropertyDescription("Pictures that each trial draws.")
        PicturesSpec pictures,
    @JsonPropertyDescription("The network whose features FID and its kin compare.")
        @Nullable FeatureExtractorSpec featureExtractor) {

  public EvaluationSpec {
    samples = samples == null ? 10000 : samples;
    weights = weights == null ? Weights.EMA : weights;
    sampler = sampler == null ? new SamplerSpec(SamplerType.Euler, 25, 1.0) : sampler;
    likelihood = likelihood == null ? LikelihoodSpec.standard() : likelihood;
    pictures = pictures == null ? PicturesSpec.standard() : pictures;
    metrics = metrics == null ? List.of(Metric.ValidationLoss) : List.copyOf(metrics);
  }

  /** The defaults. */
  public static EvaluationSpec standard() {
    return new EvaluationSpec(
        10_000,
        List.of(Metric.ValidationLoss),
        Weights.EMA,
        new SamplerSpec(SamplerType.Euler, 25, 1.0),
        LikelihoodSpec.standard(),
        PicturesSpec.standard(),
        null);
  }
}
