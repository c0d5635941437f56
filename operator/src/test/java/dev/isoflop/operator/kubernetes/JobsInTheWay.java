package dev.isoflop.operator.kubernetes;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.function.Predicate;

/** A cluster in which Jobs of earlier trials are still being collected. */
final class JobsInTheWay extends ForwardingCluster {
  private final Predicate<Job> inTheWay;

  /**
   * @param inTheWay whether there is one of the name of a Job
   */
  JobsInTheWay(Cluster cluster, Predicate<Job> inTheWay) {
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
