package dev.isoflop.operator.backend;

import dev.isoflop.api.v1alpha1.ScalingSweepStatus;
import dev.isoflop.operator.sweep.decide.SweepAction;
import dev.isoflop.operator.sweep.decide.SweepDecider;
import dev.isoflop.operator.sweep.decide.SweepDecision;
import dev.isoflop.operator.sweep.decide.TrialActions;
import dev.isoflop.operator.sweep.observe.SweepObservation;

/**
 * Where a sweep's trials run: as processes of this machine, or as Jobs of a cluster.
 *
 * @param <E> what breaks off a turn, such as a full disk or a view that is behind the cluster
 */
public interface Backend<E extends Exception> extends TrialActions<E> {

  /** What is there now. */
  SweepObservation observe() throws E;

  /** Tells what was decided, before any of it is done; may be told again after a turn broke off. */
  void announce(SweepDecision decision) throws E;

  /** Stores the sweep's status, once all actions were carried out. */
  void store(ScalingSweepStatus status) throws E;

  /**
   * Takes a turn of the sweep: observes, decides, and carries out what was decided, in order. It
   * may break off anywhere; the next turn leads on from what is there.
   */
  static <E extends Exception> SweepDecision turn(Backend<E> backend, SweepDecider decider)
      throws E {
    SweepDecision decision = decider.decide(backend.observe());
    backend.announce(decision);
    for (SweepAction action : decision.actions()) {
      action.applyTo(backend);
    }
    backend.store(decision.status());
    return decision;
  }
}
