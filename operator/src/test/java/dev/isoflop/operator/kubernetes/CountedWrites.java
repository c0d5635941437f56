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
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Counts what an operator writes, by kind, and passes it on. */
public final class CountedWrites implements Cluster {
  private final Function<HasMetadata, Cluster> clusters;
  private final Map<String, Integer> counts = new TreeMap<>();

  /**
   * Counts.
   *
   * @param clusters the cluster of each resource
   */
  public CountedWrites(Function<HasMetadata, Cluster> clusters) {
    this.clusters = clusters;
  }

  private Cluster counted(String kind, HasMetadata resource) {
    counts.merge(kind, 1, Integer::sum);
    return clusters.apply(resource);
  }

  public int of(String kind) {
    return counts.getOrDefault(kind, 0);
  }

  public int all() {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  void reset() {
    counts.clear();
  }

  @Override
  public String toString() {
    return counts.toString();
  }

  @Override
  public Trial create(Trial trial)
      throws StaleViewException, TrialRefusedException, TrialInTheWayException {
    return counted("trial created", trial).create(trial);
  }

  @Override
  public Trial store(Trial observed, TrialStatus status)
      throws StaleViewException, StatusRefusedException {
    return counted("trial status", observed).store(observed, status);
  }

  @Override
  public ScalingSweep store(ScalingSweep observed, ScalingSweepStatus status)
      throws StaleViewException, StatusRefusedException {
    return counted("sweep status", observed).store(observed, status);
  }

  @Override
  public Job create(Job job) throws StaleViewException, JobRefusedException, JobInTheWayException {
    return counted("job created", job).create(job);
  }

  @Override
  public void delete(Job job) {
    counted("job deleted", job).delete(job);
  }

  @Override
  public void removeForeign(Job foreign) throws StaleViewException {
    counted("job removed", foreign).removeForeign(foreign);
  }

  @Override
  public void expire(Job job, Duration after) {
    counted("job expiry", job).expire(job, after);
  }

  @Override
  public void publish(Event event) {
    counted("event", event).publish(event);
  }
}
