package dev.isoflop.operator.kubernetes;

import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.api.v1alpha1.ScalingSweepStatus;
import dev.isoflop.api.v1alpha1.Trial;
import dev.isoflop.api.v1alpha1.TrialStatus;
import dev.isoflop.operator.kubernetes.observe.ClusterView;
import dev.isoflop.operator.kubernetes.reconcile.Cluster;
import dev.isoflop.operator.kubernetes.reconcile.StaleViewException;
import dev.isoflop.operator.kubernetes.reconcile.TrialInTheWayException;
import dev.isoflop.operator.kubernetes.resources.Owners;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An API server's storage in memory: names are taken once, a status goes in only against the newest
 * version, and what is stored is a copy.
 */
public final class MemoryCluster implements Cluster, ClusterStore {
  private final Map<String, HasMetadata> resources = new LinkedHashMap<>();
  private long version = 0;
  private long identities = 0;

  private final String prefix;

  public MemoryCluster() {
    this("uid-");
  }

  /**
   * A cluster, or one namespace of a larger one.
   *
   * @param prefix of the identities that it gives
   */
  public MemoryCluster(String prefix) {
    this.prefix = prefix;
  }

  /** Writes that the operator asked for, refused ones included. */
  public int writes = 0;

  private static String key(HasMetadata resource) {
    return resource.getKind() + "/" + resource.getMetadata().getName();
  }

  private void put(HasMetadata resource) {
    HasMetadata stored = Serialization.clone(resource);
    stored.getMetadata().setResourceVersion(Long.toString(++version));
    resources.put(key(stored), stored);
  }

  private void insert(HasMetadata resource) {
    HasMetadata stored = Serialization.clone(resource);
    stored.getMetadata().setUid(prefix + ++identities);
    put(stored);
  }

  public void insert(ScalingSweep sweep) {
    insert((HasMetadata) sweep);
  }

  /** Replaces a spec, as a user would. */
  public void edit(ScalingSweep sweep) {
    sweep.getMetadata().setGeneration(sweep.getMetadata().getGeneration() + 1);
    put(sweep);
  }

  /** Replaces a trial, as a user or another release would. */
  public void edit(Trial trial) {
    put(trial);
  }

  @Override
  public <T extends HasMetadata> List<T> all(Class<T> type) {
    return resources.values().stream().filter(type::isInstance).map(type::cast).toList();
  }

  public ScalingSweep sweep() {
    return all(ScalingSweep.class).get(0);
  }

  public ClusterView view() {
    return ClusterView.of(sweep(), trials(), jobs(), pods());
  }

  public List<Event> events() {
    return all(Event.class);
  }

  @Override
  public Trial create(Trial trial) throws StaleViewException, TrialInTheWayException {
    writes++;
    HasMetadata present = resources.get(key(trial));
    if (present != null) {
      if (!Owners.sameController(present, trial)) {
        throw new TrialInTheWayException("belongs to nothing", new IllegalStateException());
      }
      throw stale(trial);
    }
    insert((HasMetadata) trial);
    return Serialization.clone((Trial) resources.get(key(trial)));
  }

  @Override
  public Trial store(Trial observed, TrialStatus status) throws StaleViewException {
    Trial stored = current(observed);
    stored.setStatus(status);
    put(stored);
    return Serialization.clone((Trial) resources.get(key(stored)));
  }

  @Override
  public ScalingSweep store(ScalingSweep observed, ScalingSweepStatus status)
      throws StaleViewException {
    ScalingSweep stored = current(observed);
    stored.setStatus(status);
    put(stored);
    return sweep();
  }

  private <T extends HasMetadata> T current(T observed) throws StaleViewException {
    writes++;
    HasMetadata stored = resources.get(key(observed));
    if (stored == null
        || !stored
            .getMetadata()
            .getResourceVersion()
            .equals(observed.getMetadata().getResourceVersion())) {
      throw stale(observed);
    }
    @SuppressWarnings("unchecked")
    T copy = (T) Serialization.clone(stored);
    return copy;
  }

  private static StaleViewException stale(HasMetadata resource) {
    return new StaleViewException(key(resource), new IllegalStateException());
  }

  @Override
  public Job create(Job job) {
    writes++;
    if (!resources.containsKey(key(job))) {
      insert((HasMetadata) job);
    }
    return Serialization.clone((Job) resources.get(key(job)));
  }

  @Override
  public void removeForeign(Job foreign) throws StaleViewException {
    delete(current(foreign));
  }

  @Override
  public void delete(Job job) {
    writes++;
    Job stored = (Job) resources.get(key(job));
    if (stored != null) {
      stored.getMetadata().setDeletionTimestamp("2026-01-01T00:00:00Z");
      put(stored);
    }
  }

  @Override
  public void expire(Job job, Duration after) {
    writes++;
    Job stored = (Job) resources.get(key(job));
    if (stored != null) {
      stored.getSpec().setTtlSecondsAfterFinished((int) after.toSeconds());
      put(stored);
    }
  }

  @Override
  public void publish(Event event) {
    writes++;
    resources.putIfAbsent(key(event), event);
  }

  @Override
  public void create(Pod pod) {
    insert((HasMetadata) pod);
  }

  @Override
  public void update(Pod pod) {
    put(pod);
  }

  @Override
  public void update(Job job) {
    put(job);
  }

  @Override
  public void remove(HasMetadata resource) {
    resources.remove(key(resource));
  }
}
