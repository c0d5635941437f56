package dev.isoflop.operator.kubernetes.reconcile;

import dev.isoflop.operator.kubernetes.observe.Told;
import io.fabric8.kubernetes.api.model.HasMetadata;

/**
 * Statuses that the API server refused: each is counted, and told where it is new. A status is sent
 * again with every turn. Safe for concurrent use.
 */
final class StatusRefusals {
  private final Runnable counter;
  private final Told told = new Told();

  /**
   * @param counter counts every refusal
   */
  StatusRefusals(Runnable counter) {
    this.counter = counter;
  }

  /** Takes note of a refusal; says whether it is new. */
  boolean isNews(HasMetadata about, String reason) {
    counter.run();
    return told.isNews(about, reason);
  }

  void stored(HasMetadata about) {
    told.forget(about);
  }
}
