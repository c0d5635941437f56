package dev.isoflop.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** How the metrics of running trials are collected. */
public record CollectionSpec(
    @Size(max = 2048)
        @Pattern("^https?://.+$")
        @JsonPropertyDescription("Prometheus to query; absent scrapes the workers directly.")
        @Nullable String prometheusUrl,
    @Size(max = 32)
        @Pattern(Durations.PATTERN)
        @Default("PT15S")
        @JsonPropertyDescription("Time between collections, such as PT15S.")
        String interval) {

  public CollectionSpec {
    interval = interval == null ? "PT15S" : interval;
  }
}
