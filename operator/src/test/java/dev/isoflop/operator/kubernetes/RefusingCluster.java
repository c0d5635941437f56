package dev.isoflop.operator.kubernetes;

import dev.isoflop.operator.kubernetes.reconcile.Cluster;
import dev.isoflop.operator.kubernetes.reconcile.JobInTheWayException;
import dev.isoflop.operator.kubernetes.reconcile.JobRefusedException;
import dev.isoflop.operator.kubernetes.reconcile.StaleViewException;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A cluster that takes no Jobs, such as one with a quota. */
public final class RefusingCluster extends ForwardingCluster {
  private final Supplier<@Nullable String> reason;

  /**
   * @param reason why it takes none now; null where it does
   */
  public RefusingCluster(Cluster cluster, Supplier<@Nullable String> reason) {
    super(cluster);
    this.reason = reason;
  }

  @Override
  public Job create(Job job) throws StaleViewException, JobRefusedException, JobInTheWayException {
    String why = reason.get();
    if (why != null) {
      throw new JobRefusedException(why, new IllegalStateException());
    }
    return super.create(job);
  }
}
