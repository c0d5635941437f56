package dev.isoflop.operator.sweep.decide;

import dev.isoflop.api.v1alpha1.TrialStatus;
import dev.isoflop.operator.plan.PlannedTrial;
import dev.isoflop.operator.sweep.state.StopReason;

/**
 * The ways to carry out a {@link SweepAction}, one for each kind: a further kind compiles only
 * where everything that acts knows it.
 *
 * @param <E> what breaks off the turn; the next turn leads on from what was done
 */
public interface TrialActions<E extends Exception> {

  /** Carries out {@link SweepAction.CreateTrial}. */
  void create(PlannedTrial planned) throws E;

  /** Carries out {@link SweepAction.RecordTrial}. */
  void record(String trial, TrialStatus status) throws E;

  /** Carries out {@link SweepAction.StartAttempt}. */
  void start(String trial, int attempt) throws E;

  /** Carries out {@link SweepAction.StopAttempt}. */
  void stop(String trial, int attempt, StopReason reason) throws E;
}
