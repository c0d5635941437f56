package dev.isoflop.operator.kubernetes.reconcile;

import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.api.v1alpha1.ScalingSweepStatus;
import dev.isoflop.api.v1alpha1.Trial;
import dev.isoflop.api.v1alpha1.TrialStatus;
import dev.isoflop.api.v1alpha1.bounds.Bounds;
import dev.isoflop.operator.sweep.state.Text;
import dev.isoflop.operator.sweep.status.ImpededStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Stores statuses, and where an API server refuses one, as much of it as it takes: a status that
 * says little is better than one that stands still, and the sweep goes on either way.
 */
final class StatusStore {
  private final Cluster cluster;
  private final Instant now;

  StatusStore(Cluster cluster, Instant now) {
    this.cluster = cluster;
    this.now = now;
  }

  /**
   * The outcome of a write.
   *
   * @param resource as it stands now; empty if nothing of the status was taken
   * @param refusal why not the whole status; empty if it was stored
   */
  record Stored<T>(Optional<T> resource, Optional<String> refusal) {
    static <T> Stored<T> whole(T resource) {
      return new Stored<>(Optional.of(resource), Optional.empty());
    }
  }

  /** One way to store a status. */
  private interface Write<T, S> {
    T store(T observed, S status) throws StaleViewException, StatusRefusedException;
  }

  Stored<ScalingSweep> store(ScalingSweep observed, ScalingSweepStatus status)
      throws StaleViewException {
    try {
      return Stored.whole(cluster.store(observed, status));
    } catch (StatusRefusedException refused) {
      String why = refused.reason();
      return first(
          cluster::store,
          observed,
          observed.getStatus(),
          List.of(
              StatusReduction.of(status),
              ImpededStatus.refused(observed.getStatus(), status, why, now)),
          status,
          why);
    }
  }

  Stored<Trial> store(Trial observed, TrialStatus status) throws StaleViewException {
    try {
      return Stored.whole(cluster.store(observed, status));
    } catch (StatusRefusedException refused) {
      return first(
          cluster::store,
          observed,
          observed.getStatus(),
          List.of(StatusReduction.of(status)),
          status,
          refused.reason());
    }
  }

  /** The first of several statuses that is taken; none is sent that stands there already. */
  private static <T, S> Stored<T> first(
      Write<T, S> write, T observed, @Nullable S before, List<S> lesser, S refused, String why)
      throws StaleViewException {
    Optional<String> told = Optional.of(Text.clip(why, Bounds.MESSAGE));
    for (S status : lesser) {
      if (status.equals(before)) {
        return new Stored<>(Optional.of(observed), told);
      }
      if (!status.equals(refused)) {
        try {
          return new Stored<>(Optional.of(write.store(observed, status)), told);
        } catch (StatusRefusedException again) {
          // the next one says less
        }
      }
    }
    return new Stored<>(Optional.empty(), told);
  }
}
