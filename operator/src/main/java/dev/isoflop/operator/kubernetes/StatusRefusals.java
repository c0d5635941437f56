package dev.isoflop.operator.kubernetes;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;

/**
 * Which refusals of a status were told. A status is sent again with every turn, and readers need
 * not hear the same each time. Safe for concurrent use.
 */
final class StatusRefusals {
  /** An event is kept for about so long. */
  private static final Duration TOLD = Duration.ofHours(1);

  private static final int MOST = 10_000;

  private final Runnable counter;
  private final Cache<String, String> told =
      Caffeine.newBuilder()
          .maximumSize(MOST)
          .expireAfterWrite(TOLD)
          .executor(Runnable::run)
          .build();

  /**
   * @param counter counts every refusal
   */
  StatusRefusals(Runnable counter) {
    this.counter = counter;
  }

  /** Takes note of a refusal; says whether it is new. */
  boolean isNews(HasMetadata about, String reason) {
    counter.run();
    return !reason.equals(told.asMap().put(about.getMetadata().getUid(), reason));
  }

  void stored(HasMetadata about) {
    told.invalidate(about.getMetadata().getUid());
  }
}
