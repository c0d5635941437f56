package dev.isoflop.operator.kubernetes;

import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.api.v1alpha1.ScalingSweepStatus;
import dev.isoflop.api.v1alpha1.Trial;
import dev.isoflop.api.v1alpha1.TrialStatus;
import dev.isoflop.operator.kubernetes.reconcile.Cluster;
import dev.isoflop.operator.kubernetes.reconcile.JobInTheWayException;
import dev.isoflop.operator.kubernetes.reconcile.JobRefusedException;
import dev.isoflop.operator.kubernetes.reconcile.StaleViewException;
import dev.isoflop.operator.kubernetes.reconcile.StatusRefusedException;
import dev.isoflop.operator.kubernetes.reconcile.TrialInTheWayException;
import dev.isoflop.operator.kubernetes.reconcile.TrialRefusedException;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import java.time.Duration;

/** A cluster that passes every call on; what a test is about it overrides. */
public abstract class ForwardingCluster implements Cluster {
  private final Cluster cluster;

  public ForwardingCluster(Cluster cluster) {
    this.cluster = cluster;
  }

  @Override
  public Trial create(Trial trial)
      throws StaleViewException, TrialRefusedException, TrialInTheWayException {
    return cluster.create(trial);
  }

  @Override
  public Trial store(Trial observed, TrialStatus status)
      throws StaleViewException, StatusRefusedException {
    return cluster.store(observed, status);
  }

  @Override
  public ScalingSweep store(ScalingSweep observed, ScalingSweepStatus status)
      throws StaleViewException, StatusRefusedException {
    return cluster.store(observed, status);
  }

  @Override
  public Job create(Job job) throws StaleViewException, JobRefusedException, JobInTheWayException {
    return cluster.create(job);
  }

  @Override
  public void delete(Job job) {
    cluster.delete(job);
  }

  @Override
  public void removeForeign(Job foreign) throws StaleViewException {
    cluster.removeForeign(foreign);
  }

  @Override
  public void expire(Job job, Duration after) {
    cluster.expire(job, after);
  }

  @Override
  public void publish(Event event) {
    cluster.publish(event);
  }
}
