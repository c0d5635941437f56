package dev.isoflop.operator.sweep.decide;

import dev.isoflop.api.v1alpha1.TrialStatus;
import dev.isoflop.operator.plan.PlannedTrial;
import dev.isoflop.operator.sweep.observe.AttemptObservation;
import dev.isoflop.operator.sweep.state.StopReason;

/** One step of carrying out a decision; each may safely be repeated. */
public sealed interface SweepAction {

  /** The trial that it concerns. */
  String trial();

  /** Carries it out by the way for actions of its kind. */
  <E extends Exception> void applyTo(TrialActions<E> actions) throws E;

  /** Create the trial, without starting it. */
  record CreateTrial(PlannedTrial planned) implements SweepAction {
    @Override
    public String trial() {
      return planned.name();
    }

    @Override
    public <E extends Exception> void applyTo(TrialActions<E> actions) throws E {
      actions.create(planned);
    }
  }

  /** Store the trial's status, replacing the one observed, before any later action. */
  record RecordTrial(String trial, TrialStatus status) implements SweepAction {
    @Override
    public <E extends Exception> void applyTo(TrialActions<E> actions) throws E {
      actions.record(trial, status);
    }
  }

  /**
   * Start the trial's worker under this attempt number. Where an attempt of that number exists
   * already, nothing is to be done.
   */
  record StartAttempt(String trial, int number) implements SweepAction {
    @Override
    public <E extends Exception> void applyTo(TrialActions<E> actions) throws E {
      actions.start(trial, number);
    }
  }

  /**
   * Tell the worker to write a checkpoint and end (SIGTERM; SIGKILL after a grace period), and show
   * it as {@link AttemptObservation.Running#stopping} from then on.
   */
  record StopAttempt(String trial, int number, StopReason reason) implements SweepAction {
    @Override
    public <E extends Exception> void applyTo(TrialActions<E> actions) throws E {
      actions.stop(trial, number, reason);
    }
  }
}
