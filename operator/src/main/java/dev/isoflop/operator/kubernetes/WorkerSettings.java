package dev.isoflop.operator.kubernetes;

import static java.util.Objects.requireNonNull;

/**
 * How this installation runs workers.
 *
 * @param image of the worker
 * @param pullPolicy Always, IfNotPresent or Never
 */
public record WorkerSettings(String image, String pullPolicy) {
  public WorkerSettings {
    requireNonNull(pullPolicy, "pullPolicy");
    if (image.isBlank()) {
      throw new IllegalArgumentException(
          "isoflop.worker.image: is empty; name the worker's image, such as"
              + " registry.example/isoflop-worker:VERSION");
    }
  }
}
