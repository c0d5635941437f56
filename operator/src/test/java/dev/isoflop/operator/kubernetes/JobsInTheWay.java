package dev.isoflop.operator.kubernetes;

import dev.isoflop.operator.kubernetes.reconcile.Cluster;
import dev.isoflop.operator.kubernetes.reconcile.JobInTheWayException;
import dev.isoflop.operator.kubernetes.reconcile.JobRefusedException;
import dev.isoflop.operator.kubernetes.reconcile.StaleViewException;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.function.Predicate;

/** A cluster in which Jobs of earlier trials are still being collected. */
public final class JobsInTheWay extends ForwardingCluster {
  private final Predicate<Job> inTheWay;

  /**
   * @param inTheWay whether there is one of the name of a Job
   */
  public JobsInTheWay(Cluster cluster, Predicate<Job> inTheWay) {
    super(cluster);
    this.inTheWay = inTheWay;
  }

  @Override
  public Job create(Job job) throws StaleViewException, JobRefusedException, JobInTheWayException {
    if (inTheWay.test(job)) {
      throw new JobInTheWayException("the Job is being collected", new IllegalStateException());
    }
    return super.create(job);
  }
}
