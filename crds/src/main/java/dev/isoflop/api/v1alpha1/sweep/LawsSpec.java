package dev.isoflop.api.v1alpha1.sweep;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.isoflop.api.v1alpha1.bounds.Bounds;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Options of the fits. */
public record LawsSpec(
    @Min(0) @Max(1) @Default("0.95") @JsonPropertyDescription("Confidence of all intervals.")
        Double confidence,
    @Min(0) @Max(Bounds.RESAMPLES) @Default("1000") @JsonPropertyDescription("Bootstrap resamples.")
        Integer bootstrap,
    @Default("false")
        @JsonPropertyDescription("Leave the largest budget out of the fit and predict it.")
        Boolean holdOutLargest,
    @Size(max = Bounds.PREDICTIONS)
        @Default("[]")
        @JsonPropertyDescription("Budgets to predict, in FLOPs.")
        List<Double> predict,
    @Min(1)
        @JsonPropertyDescription(
            "Budget, none of budgets, at which the predicted optimum is trained in the end to check"
                + " the laws.")
        @Nullable Double validatePrediction) {

  public LawsSpec {
    confidence = confidence == null ? 0.95 : confidence;
    bootstrap = bootstrap == null ? 1000 : bootstrap;
    holdOutLargest = holdOutLargest == null ? false : holdOutLargest;
    predict = predict == null ? List.of() : List.copyOf(predict);
  }
}
