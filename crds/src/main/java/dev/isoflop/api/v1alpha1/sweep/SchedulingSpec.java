package dev.isoflop.api.v1alpha1.sweep;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.isoflop.api.v1alpha1.bounds.Bounds;
import dev.isoflop.api.v1alpha1.bounds.Durations;
import io.fabric8.crd.generator.annotation.PreserveUnknownFields;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Placement, time and number of running trials.
 *
 * @param resources amounts as they stand in the manifest, so that one that is none can be named
 */
public record SchedulingSpec(
    @Min(1) @Max(10000) @Default("16") @JsonPropertyDescription("Trials running at once.")
        Integer maxParallel,
    @JsonPropertyDescription(
            "Request and limit of a worker container for each resource, such as {cpu: 8, memory:"
                + " 32Gi, nvidia.com/gpu: 1}.")
        @Nullable Map<String, String> resources,
    @Min(1)
        @JsonPropertyDescription(
            "FLOPs a second that one trial's device can do in its precision, such as 9.89e14; the"
                + " utilisation is against it. Absent to measure it at the start of each trial.")
        @Nullable Double peakFlops,
    @Size(max = 63) @JsonPropertyDescription("Kueue local queue; absent for none.")
        @Nullable String queueName,
    @JsonPropertyDescription("Trials start only inside this window; absent for always.")
        @Nullable LaunchWindow window,
    @Size(max = 32)
        @Pattern(Durations.PATTERN)
        @Default("PT24H")
        @JsonPropertyDescription(
            "Longest running time of a trial over all attempts, such as PT24H.")
        String trialDeadline,
    @Default("{}") @JsonPropertyDescription("Numbers of failures that are tolerated.")
        FailureSpec failures,
    @Min(0)
        @Max(Bounds.EXTRA_SIZES)
        @Default("3")
        @JsonPropertyDescription(
            "Further sizes, at most, that are trained at a budget whose optimum lies outside its"
                + " sizes; 0 trains none.")
        Integer extraSizes,
    @PreserveUnknownFields
        @JsonPropertyDescription(
            "PodTemplateSpec merged under what the operator sets: node selector, tolerations,"
                + " volumes, priority class.")
        @Nullable Map<String, Object> podTemplate) {

  public SchedulingSpec {
    maxParallel = maxParallel == null ? 16 : maxParallel;
    trialDeadline = trialDeadline == null ? "PT24H" : trialDeadline;
    failures = failures == null ? new FailureSpec(2, 5, OnFailuresExceeded.Drain) : failures;
    extraSizes = extraSizes == null ? 3 : extraSizes;
  }

  /** The defaults. */
  public static SchedulingSpec standard() {
    return new SchedulingSpec(
        16,
        null,
        null,
        null,
        null,
        "PT24H",
        new FailureSpec(2, 5, OnFailuresExceeded.Drain),
        3,
        null);
  }
}
