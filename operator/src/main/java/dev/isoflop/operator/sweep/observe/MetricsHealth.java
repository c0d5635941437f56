package dev.isoflop.operator.sweep.observe;

/** Whether the metrics of running trials arrive. They never decide anything but this condition. */
public sealed interface MetricsHealth {

  /** Nothing was collected yet, or nothing runs. */
  record Unknown() implements MetricsHealth {}

  /** The last collection succeeded. */
  record Available() implements MetricsHealth {}

  /**
   * The last collection failed.
   *
   * @param message names the source, what it answered, and the way out
   */
  record Unavailable(String message) implements MetricsHealth {}
}
