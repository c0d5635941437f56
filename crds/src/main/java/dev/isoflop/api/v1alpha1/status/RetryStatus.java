package dev.isoflop.api.v1alpha1.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.isoflop.api.v1alpha1.bounds.Bounds;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** Which requests to try a trial again were met, each once. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RetryStatus(
    @Size(max = Bounds.NAME)
        @JsonPropertyDescription("Value of the trial's annotation isoflop.dev/retry that was met.")
        @Nullable String trial,
    @Size(max = Bounds.NAME)
        @JsonPropertyDescription("Value of the sweep's annotation isoflop.dev/retry that was met.")
        @Nullable String sweep,
    @Min(0)
        @JsonPropertyDescription(
            "The trial's runningSeconds at that time; its deadline counts from there.")
        double runningSeconds) {

  /** No request was met yet. */
  public static RetryStatus none() {
    return new RetryStatus(null, null, 0);
  }
}
