package dev.isoflop.trial;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.isoflop.api.v1alpha1.bounds.Bounds;
import dev.isoflop.text.ShownText;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** Outcome of a trial, with the reason if it did not succeed. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TrialOutcome(
    @Required @JsonPropertyDescription("Succeeded, Excluded or Failed.") OutcomeType type,
    @JsonPropertyDescription("Why, for programs; absent for Succeeded.")
        @Nullable OutcomeReason reason,
    @Size(max = Bounds.MESSAGE) @JsonPropertyDescription("Why, for people, with the way out.")
        @Nullable String message) {

  /** Keeps a message that is {@linkplain ShownText#message fit to be shown}. */
  public TrialOutcome {
    if (message != null) {
      String shown = ShownText.message(message);
      message =
          shown.length() > Math.max(Bounds.MESSAGE, message.length())
              ? shown.substring(0, Bounds.MESSAGE)
              : shown;
    }
  }

  public static TrialOutcome succeeded() {
    return new TrialOutcome(OutcomeType.Succeeded, null, null);
  }

  public static TrialOutcome excluded(OutcomeReason reason, String message) {
    return new TrialOutcome(OutcomeType.Excluded, reason, message);
  }

  public static TrialOutcome failed(OutcomeReason reason, String message) {
    return new TrialOutcome(OutcomeType.Failed, reason, message);
  }
}
