package dev.isoflop.operator.kubernetes.reconcile;

import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.api.v1alpha1.ScalingSweepStatus;
import dev.isoflop.api.v1alpha1.Trial;
import dev.isoflop.api.v1alpha1.TrialStatus;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import java.time.Duration;

/**
 * Everything that the operator writes to a cluster. Each status goes out against the version it was
 * derived from. Calls that fail for reasons outside throw the client's exception, and are made
 * again with the next turn.
 */
public interface Cluster {

  /** Creates a trial; stale if the sweep has one of that name already, or an earlier one had. */
  Trial create(Trial trial)
      throws StaleViewException, TrialRefusedException, TrialInTheWayException;

  /** Stores a trial's status; stale if the trial has changed since it was observed. */
  Trial store(Trial observed, TrialStatus status) throws StaleViewException, StatusRefusedException;

  /** Stores a sweep's status; stale if the sweep has changed since it was observed. */
  ScalingSweep store(ScalingSweep observed, ScalingSweepStatus status)
      throws StaleViewException, StatusRefusedException;

  /** Creates a Job; gives back one of the same name and owner that is there, whoever made it. */
  Job create(Job job) throws StaleViewException, JobRefusedException, JobInTheWayException;

  /** Deletes a Job once its pods are gone, after telling them to end. */
  void delete(Job job);

  /** Deletes a Job that somebody else made; not one that has changed since it was read. */
  void removeForeign(Job foreign) throws StaleViewException;

  /** Has a finished Job collected after a while. */
  void expire(Job job, Duration after);

  /** Publishes an event; the same event again is none. */
  void publish(Event event);
}
