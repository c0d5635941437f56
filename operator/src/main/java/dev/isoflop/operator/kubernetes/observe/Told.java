package dev.isoflop.operator.kubernetes.observe;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;

/**
 * Remembers what was told of resources, so that a turn that finds the same again does not repeat
 * it. Safe for concurrent use.
 */
public final class Told {
  /** An event is kept for about so long. */
  private static final Duration KEPT = Duration.ofHours(1);

  private static final int MOST = 10_000;

  private final Cache<String, String> told =
      Caffeine.newBuilder()
          .maximumSize(MOST)
          .expireAfterWrite(KEPT)
          .executor(Runnable::run)
          .build();

  /** Takes note of what is about to be told; says whether it is new. */
  public boolean isNews(HasMetadata about, String what) {
    return !what.equals(told.asMap().put(about.getMetadata().getUid(), what));
  }

  public void forget(HasMetadata about) {
    told.invalidate(about.getMetadata().getUid());
  }
}
