package dev.isoflop.api.v1alpha1.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A running worker's answer to whoever asks for {@link #PATH}, as JSON: the way of progress into
 * the status of its trial, where no Prometheus is asked for it.
 *
 * @param trial name of the trial that it trains
 * @param progress as the status is to tell of it; null before the first step
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ProgressReport(String trial, @Nullable TrialProgress progress) {
  /** Path of the report on the port of {@code /metrics}. */
  public static final String PATH = "/progress";
}
