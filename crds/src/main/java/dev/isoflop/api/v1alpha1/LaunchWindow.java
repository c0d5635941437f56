package dev.isoflop.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** When trials may start. */
public record LaunchWindow(
    @Required
        @Size(min = 11, max = 128)
        @JsonPropertyDescription(
            "Quartz cron expression of the openings: second minute hour day-of-month month"
                + " day-of-week.")
        String cron,
    @Required
        @Size(max = 32)
        @Pattern(Durations.PATTERN)
        @JsonPropertyDescription("How long the window stays open, such as PT10H.")
        String duration,
    @Size(max = 64) @Default("UTC") @JsonPropertyDescription("Time zone of the cron expression.")
        String timeZone) {

  public LaunchWindow {
    timeZone = timeZone == null ? "UTC" : timeZone;
  }
}
