package dev.isoflop.operator.kubernetes.resources;

import static java.util.Objects.requireNonNull;

import dev.isoflop.operator.admission.PodPolicy;

/**
 * Settings of this installation for its workers.
 *
 * @param image of the worker
 * @param pullPolicy Always, IfNotPresent or Never
 * @param policy what the pod templates of sweeps may ask for
 */
public record WorkerSettings(String image, String pullPolicy, PodPolicy policy) {

  /** Settings under the restricted Pod Security Standard and nothing beyond it. */
  public WorkerSettings(String image, String pullPolicy) {
    this(image, pullPolicy, PodPolicy.STANDARD);
  }

  public WorkerSettings {
    requireNonNull(pullPolicy, "pullPolicy");
    if (image.isBlank()) {
      throw new IllegalArgumentException(
          "isoflop.worker.image: is empty; name the worker's image, such as"
              + " registry.example/isoflop-worker:VERSION");
    }
  }
}
