package dev.isoflop.operator.kubernetes;

import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.api.v1alpha1.ScalingSweepStatus;
import dev.isoflop.api.v1alpha1.Trial;
import dev.isoflop.api.v1alpha1.TrialStatus;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A cluster that takes no Jobs, such as one with a quota. */
final class RefusingCluster implements Cluster {
  private final Cluster cluster;
  private final Supplier<@Nullable String> reason;

  /**
   * @param reason why it takes none now; null where it does
   */
  RefusingCluster(Cluster cluster, Supplier<@Nullable String> reason) {
    this.cluster = cluster;
    this.reason = reason;
  }

  @Override
  public void create(Job job) throws StaleViewException, JobRefusedException, JobInTheWayException {
    String why = reason.get();
    if (why != null) {
      throw new JobRefusedException(why, new IllegalStateException());
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
