package dev.isoflop.operator.kubernetes.reconcile;

import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.api.v1alpha1.Trial;
import dev.isoflop.operator.kubernetes.observe.ClusterView;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Writes of this operator to Trials that its watches have not shown yet. A turn that does not see
 * the start of another trial would start one too many. Safe for concurrent use.
 */
final class OwnWrites {
  /** A Trial that stays unseen for so long was deleted by somebody. */
  private static final Duration UNSEEN = Duration.ofSeconds(30);

  private record Write(long version, Instant at) {}

  private final Map<ResourceID, Map<String, Write>> bySweep = new ConcurrentHashMap<>();

  void wrote(ScalingSweep sweep, Trial stored, Instant now) {
    bySweep
        .computeIfAbsent(ResourceID.fromResource(sweep), unknown -> new ConcurrentHashMap<>())
        .put(uid(stored), new Write(version(stored), now));
  }

  /** Whether the view is from before the last write to one of the trials. */
  boolean missingIn(ClusterView view, Instant now) {
    @Nullable Map<String, Write> writes = bySweep.get(ResourceID.fromResource(view.sweep()));
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
      bySweep.remove(ResourceID.fromResource(view.sweep()));
      return false;
    }
    return true;
  }

  /** Forgets sweeps that are no longer there: names that come and go would fill the memory. */
  void retain(Predicate<ResourceID> present) {
    bySweep.keySet().removeIf(present.negate());
  }

  private static String uid(HasMetadata trial) {
    return trial.getMetadata().getUid();
  }

  /** API servers count their versions upwards, and clients may compare them. */
  private static long version(HasMetadata trial) {
    return Long.parseUnsignedLong(trial.getMetadata().getResourceVersion());
  }
}
