package dev.isoflop.operator.kubernetes;

import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.api.v1alpha1.Trial;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.List;

/** What the parts of a cluster that tests play themselves read and write. */
public interface ClusterStore {
  <T extends HasMetadata> List<T> all(Class<T> type);

  default List<ScalingSweep> sweeps() {
    return all(ScalingSweep.class);
  }

  default List<Trial> trials() {
    return all(Trial.class);
  }

  default List<Job> jobs() {
    return all(Job.class);
  }

  default List<Pod> pods() {
    return all(Pod.class);
  }

  void create(Pod pod);

  /** Stores a pod's status. */
  void update(Pod pod);

  /** Stores a Job's status. */
  void update(Job job);

  void remove(HasMetadata resource);
}
