package dev.isoflop.trial;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.isoflop.api.v1alpha1.bounds.Bounds;
import dev.isoflop.metric.Metric;
import dev.isoflop.metric.MetricValue;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Result of a trial: its outcome and measurements. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TrialResult(
    @Required @Size(max = Bounds.NAME) @JsonPropertyDescription("Name of the trial.") String trial,
    @Required @Size(max = Bounds.KEY) @JsonPropertyDescription("Digest of the experiment.")
        String key,
    @Required @JsonPropertyDescription("How the trial ended.") TrialOutcome outcome,
    @Min(0) @JsonPropertyDescription("N, parameters without embeddings.") long parameters,
    @Min(0) @JsonPropertyDescription("All trainable parameters.") long totalParameters,
    @Min(0) @JsonPropertyDescription("Optimizer steps done.") long steps,
    @Min(0) @JsonPropertyDescription("Training samples seen.") double samples,
    @Min(0) @JsonPropertyDescription("D, tokens processed in training.") double tokens,
    @Min(0) @JsonPropertyDescription("Training FLOPs spent, in the sweep's convention.")
        double flops,
    @JsonPropertyDescription("Training loss at the end, smoothed (factor 0.9 a step).")
        @Nullable Double trainLoss,
    @Size(max = Bounds.METRICS) @JsonPropertyDescription("Measurements on the evaluation sets.")
        List<MetricValue> metrics,
    @Min(0) @JsonPropertyDescription("Seconds of training, over all attempts.")
        double trainingSeconds,
    @Min(0) @JsonPropertyDescription("Seconds of evaluation.") double evaluationSeconds,
    @Min(0)
        @JsonPropertyDescription(
            "Share of the device's peak that the model's matrix products took in training, over all"
                + " attempts; the peak was measured in the last one, or set.")
        @Nullable Double modelFlopsUtilization,
    @Size(max = Bounds.SOFTWARE)
        @JsonPropertyDescription("What computed it: worker version, device, precision.")
        String software,
    @Min(0)
        @JsonPropertyDescription(
            "Broken samples of all data sets that were left out, the next whole one in place of"
                + " each; absent for none.")
        @Nullable Long brokenSamples,
    @Size(max = Bounds.DATASETS)
        @JsonPropertyDescription("Of which sets those were; absent for none.")
        @Nullable List<LeftOut> leftOut) {

  public TrialResult {
    metrics = metrics == null ? List.of() : List.copyOf(metrics);
    leftOut = leftOut == null ? null : List.copyOf(leftOut);
  }

  /** A result of data that is whole. */
  public TrialResult(
      String trial,
      String key,
      TrialOutcome outcome,
      long parameters,
      long totalParameters,
      long steps,
      double samples,
      double tokens,
      double flops,
      @Nullable Double trainLoss,
      List<MetricValue> metrics,
      double trainingSeconds,
      double evaluationSeconds,
      @Nullable Double modelFlopsUtilization,
      String software) {
    this(
        trial,
        key,
        outcome,
        parameters,
        totalParameters,
        steps,
        samples,
        tokens,
        flops,
        trainLoss,
        metrics,
        trainingSeconds,
        evaluationSeconds,
        modelFlopsUtilization,
        software,
        null,
        null);
  }

  /** Broken samples left out of each set; empty where a result does not tell. */
  @JsonIgnore
  public List<LeftOut> leftOutOfSets() {
    return leftOut == null ? List.of() : leftOut;
  }

  /** The measurement of a metric on an evaluation set, if it was made. */
  public Optional<MetricValue> metric(Metric metric, String dataset) {
    return metrics.stream()
        .filter(value -> value.metric() == metric && value.dataset().equals(dataset))
        .findFirst();
  }
}
