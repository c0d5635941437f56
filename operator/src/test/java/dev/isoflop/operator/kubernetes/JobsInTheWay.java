package dev.isoflop.operator.kubernetes;

import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.api.v1alpha1.ScalingSweepStatus;
import dev.isoflop.api.v1alpha1.Trial;
import dev.isoflop.api.v1alpha1.TrialStatus;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import java.time.Duration;
import java.util.function.Predicate;

/** A cluster in which Jobs of earlier trials are still being collected. */
final class JobsInTheWay implements Cluster {
  private final Cluster cluster;
  private final Predicate<Job> inTheWay;

  /**
   * @param inTheWay whether there is one of the name of a Job
   */
  JobsInTheWay(Cluster cluster, Predicate<Job> inTheWay) {
    this.cluster = cluster;
    this.inTheWay = inTheWay;
  }

  @Override
  public void create(Job job) throws StaleViewException, JobRefusedException, JobInTheWayException {
    if (inTheWay.test(job)) {
      throw new JobInTheWayException("the Job is being collected", new IllegalStateException());
    }
    cluster.create(job);
  }

  @Override
  public Trial create(Trial trial) throws StaleViewException, TrialRefusedException {
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
  public void delete(Job job) {
    cluster.delete(job);
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
