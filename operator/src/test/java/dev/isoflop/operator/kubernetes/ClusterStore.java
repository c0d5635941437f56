package dev.isoflop.operator.kubernetes;

import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.api.v1alpha1.Trial;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.List;

/** What the parts of a cluster that tests play themselves read and write. */
public interface ClusterStore {
  List<ScalingSweep> sweeps();

  List<Trial> trials();

  List<Job> jobs();

  List<Pod> pods();

  void create(Pod pod);

  /** Stores a pod's status. */
  void update(Pod pod);

  /** Stores a Job's status. */
  void update(Job job);

  void remove(Trial trial);

  void remove(Job job);

  void remove(Pod pod);
}
