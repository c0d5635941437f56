package dev.isoflop.operator.kubernetes;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A cluster that takes no Jobs, such as one with a quota. */
final class RefusingCluster extends ForwardingCluster {
  private final Supplier<@Nullable String> reason;

  /**
   * @param reason why it takes none now; null where it does
   */
  RefusingCluster(Cluster cluster, Supplier<@Nullable String> reason) {
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
