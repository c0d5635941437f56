package dev.isoflop.api.v1alpha1.sweep;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.isoflop.api.v1alpha1.bounds.Durations;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Collection of the metrics of running trials. */
public record CollectionSpec(
    @Size(max = 2048)
        @Pattern(
            "^https?://([A-Za-z0-9.-]+|\\[[0-9A-Fa-f:.]+\\])(:[0-9]{1,5})?(/[A-Za-z0-9._~-]+)*/?$")
        @JsonPropertyDescription(
            "Prometheus to query, such as http://prometheus.monitoring:9090, of the hosts that the"
                + " chart's collection.allowedPrometheus allows; absent scrapes the workers"
                + " directly.")
        @Nullable String prometheusUrl,
    @Size(max = 32)
        @Pattern(Durations.PATTERN)
        @Default("PT15S")
        @ValidationRule(
            value = "self.matches('[1-9][0-9]*[DHM]|[1-9][0-9]+S|[5-9]S')",
            message = "collection.interval must be at least PT5S")
        @JsonPropertyDescription("Time between collections, PT5S or longer.")
        String interval) {

  /**
   * A collection reads what workers and Prometheus answer; more often would load them for nothing.
   */
  public static final Duration LEAST_INTERVAL = Duration.ofSeconds(5);

  public CollectionSpec {
    interval = interval == null ? "PT15S" : interval;
  }
}
