package dev.isoflop.trial;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Environment that a trial runs in; none of it changes its numbers.
 *
 * @param folder the trial's folder, created if missing
 * @param terminationMessagePath a second place for the result, under 4 KiB; null for none
 * @param metricsPort port of {@code /metrics} and {@code /progress}, on all interfaces; 0 takes any
 *     free one of the loopback interface. The bound port stands in the folder's file {@code
 *     metrics.port}
 * @param threads threads of the tensor library
 * @param peakFlops FLOPs a second that the trial's device can do in the trial's precision, for the
 *     utilisation; null has the worker measure them at its start
 * @param cache folder in which the trials of a sweep share what each of them would compute alike,
 *     created if missing; null for the trial's own
 * @param accelerator what was set aside for the trial; null if nothing was
 * @param brokenSamples samples of each data set that may be broken; null for none. It decides
 *     whether a trial can end, and no number of one that does
 * @param dataFolder what relative paths of the experiment start from; null for the working
 *     directory
 * @param attemptToken what the termination message repeats, so that it shows to be this attempt's;
 *     null for none
 */
public record TrialRuntime(
    String folder,
    @Nullable String terminationMessagePath,
    int metricsPort,
    int threads,
    @Nullable Double peakFlops,
    @Nullable String cache,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable AcceleratorRequest accelerator,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer brokenSamples,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String dataFolder,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String attemptToken) {

  /** A trial that shares nothing and has no accelerator. */
  public TrialRuntime(
      String folder,
      @Nullable String terminationMessagePath,
      int metricsPort,
      int threads,
      @Nullable Double peakFlops) {
    this(
        folder,
        terminationMessagePath,
        metricsPort,
        threads,
        peakFlops,
        null,
        null,
        null,
        null,
        null);
  }
}
