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
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import java.time.Duration;
import java.util.function.Consumer;

/** A cluster whose calls may fail on their way there or on their way back. */
public final class FailingCluster implements Cluster {

  /** Where a call is. */
  public enum Way {
    There,
    Back
  }

  /** What befalls a call; throws to make it fail. */
  @FunctionalInterface
  public interface Fault {
    /**
     * Meets a call.
     *
     * @param call its number, from 1
     */
    void meet(int call, Way way) throws StaleViewException;
  }

  private final Cluster cluster;
  private final Fault fault;
  private int calls = 0;

  public FailingCluster(Cluster cluster, Fault fault) {
    this.cluster = cluster;
    this.fault = fault;
  }

  private void there() throws StaleViewException {
    fault.meet(++calls, Way.There);
  }

  private void back() throws StaleViewException {
    fault.meet(calls, Way.Back);
  }

  /** For calls that know no staleness: such a fault is no fault there. */
  private <T> void quietly(Consumer<T> call, T argument) {
    try {
      there();
      call.accept(argument);
      back();
    } catch (StaleViewException none) {
      call.accept(argument);
    }
  }

  @Override
  public Trial create(Trial trial)
      throws StaleViewException, TrialRefusedException, TrialInTheWayException {
    there();
    Trial created = cluster.create(trial);
    back();
    return created;
  }

  @Override
  public Trial store(Trial observed, TrialStatus status)
      throws StaleViewException, StatusRefusedException {
    there();
    Trial stored = cluster.store(observed, status);
    back();
    return stored;
  }

  @Override
  public ScalingSweep store(ScalingSweep observed, ScalingSweepStatus status)
      throws StaleViewException, StatusRefusedException {
    there();
    ScalingSweep stored = cluster.store(observed, status);
    back();
    return stored;
  }

  @Override
  public Job create(Job job) throws StaleViewException, JobRefusedException, JobInTheWayException {
    there();
    Job created = cluster.create(job);
    back();
    return created;
  }

  @Override
  public void delete(Job job) {
    quietly(cluster::delete, job);
  }

  @Override
  public void removeForeign(Job foreign) throws StaleViewException {
    there();
    cluster.removeForeign(foreign);
    back();
  }

  @Override
  public void expire(Job job, Duration after) {
    quietly(it -> cluster.expire(it, after), job);
  }

  @Override
  public void publish(Event event) {
    quietly(cluster::publish, event);
  }
}
