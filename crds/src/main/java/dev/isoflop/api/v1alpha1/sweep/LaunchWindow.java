package dev.isoflop.api.v1alpha1.sweep;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.isoflop.api.v1alpha1.bounds.Durations;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** When trials may start. */
public record LaunchWindow(
    @Required
        @Size(min = 1, max = 128)
        @ValidationRule(
            value = "self.matches(r'^\\s*\\S+(\\s+\\S+){5,}\\s*$')",
            message =
                "scheduling.window.cron has too few fields: write second minute hour day-of-month"
                    + " month day-of-week, as in 0 0 20 * * ? (a crontab has no seconds)")
        @ValidationRule(
            value =
                "!self.matches(r'^\\s*(\\S+\\s+)?(\\S*[^0-9\\s])?0*([6-9][0-9]|[1-9][0-9]{2,})')",
            message = "scheduling.window.cron: seconds and minutes go from 0 to 59")
        @ValidationRule(
            value =
                "!self.matches(r'^\\s*(\\S+\\s+){2}(\\S*[^0-9\\s])?0*(2[4-9]|[3-9][0-9]|[1-9][0-9]{2,})')",
            message = "scheduling.window.cron: hours go from 0 to 23")
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
