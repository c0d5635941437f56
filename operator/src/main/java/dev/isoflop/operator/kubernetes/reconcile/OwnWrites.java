package dev.isoflop.operator.kubernetes.reconcile;

import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.api.v1alpha1.Trial;
import dev.isoflop.operator.kubernetes.observe.ClusterView;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What this operator wrote to Trials and its watches have not shown yet. A turn that does not see
 * the start of another trial would start one too many. Safe for concurrent use; what a sweep that
 * is gone leaves here goes with the next turn of a sweep of its name.
 */
final class OwnWrites {
  /** A Trial that stays unseen for so long was deleted by somebody. */
  private static final Duration UNSEEN = Duration.ofSeconds(30);

  private record Write(long version, Instant at) {}

  private final Map<String, Map<String, Write>> bySweep = new ConcurrentHashMap<>();

  private static String key(ScalingSweep sweep) {
    return sweep.getMetadata().getNamespace() + "/" + sweep.getMetadata().getName();
  }

  void wrote(ScalingSweep sweep, Trial stored, Instant now) {
    bySweep
        .computeIfAbsent(key(sweep), unknown -> new ConcurrentHashMap<>())
        .put(uid(stored), new Write(version(stored), now));
  }

  /** Whether the view is from before the last write to one of the trials. */
  boolean missingIn(ClusterView view, Instant now) {
    @Nullable Map<String, Write> writes = bySweep.get(key(view.sweep()));
    if (writes == null) {
      return false;
    }
    Map<String, Long> seen = new HashMap<>();
    view.trials().forEach(trial -> seen.put(uid(trial), version(trial)));
    writes
        .entrySet()
        .removeIf(
            write -> {
              @Nullable Long version = seen.get(write.getKey());
              return version == null
                  ? !now.isBefore(write.getValue().at().plus(UNSEEN))
                  : version >= write.getValue().version();
            });
    if (writes.isEmpty()) {
      bySweep.remove(key(view.sweep()));
      return false;
    }
    return true;
  }

  private static String uid(HasMetadata trial) {
    return trial.getMetadata().getUid();
  }

  /** API servers count their versions upwards, and clients may compare them. */
  private static long version(HasMetadata trial) {
    return Long.parseUnsignedLong(trial.getMetadata().getResourceVersion());
  }
}
