package dev.isoflop.operator.kubernetes.reconcile;

import dev.isoflop.api.v1alpha1.Trial;
import dev.isoflop.api.v1alpha1.TrialStatus;
import dev.isoflop.operator.kubernetes.observe.ClusterView;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.time.Instant;
import java.util.Optional;

/**
 * Records the uids of Jobs whose operator ended before it could, and of those that a release made
 * which recorded none.
 */
final class JobAdoption {
  private final Cluster cluster;
  private final OwnWrites writes;
  private final Instant now;

  JobAdoption(Cluster cluster, OwnWrites writes, Instant now) {
    this.cluster = cluster;
    this.writes = writes;
    this.now = now;
  }

  /** The view with the trials as they stand once that is recorded. */
  ClusterView in(ClusterView view) throws StaleViewException {
    ClusterView adopted = view;
    for (Trial trial : view.trials()) {
      for (Job job : view.jobs(trial)) {
        Optional<TrialStatus> known = JobStarts.withUid(trial, job);
        if (known.isPresent()) {
          adopted = stored(adopted, trial, known.get());
        }
      }
    }
    return adopted;
  }

  private ClusterView stored(ClusterView view, Trial trial, TrialStatus status)
      throws StaleViewException {
    try {
      Trial stored = cluster.store(trial, status);
      writes.wrote(view.sweep(), stored, now);
      return view.with(stored);
    } catch (StatusRefusedException e) {
      return view; // the token tells as well; what the server has against a status is told
      // elsewhere
    }
  }
}
