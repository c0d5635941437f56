package dev.isoflop.operator.sweep.state;

import dev.isoflop.operator.plan.PlannedTrial;
import dev.isoflop.operator.sweep.observe.AttemptEnd;
import dev.isoflop.trial.ExitCode;
import dev.isoflop.trial.OutcomeReason;
import dev.isoflop.trial.OutcomeType;
import dev.isoflop.trial.TrialOutcome;
import dev.isoflop.trial.TrialResult;
import java.util.Optional;

/** The consequence of an attempt's end for its trial. */
sealed interface AttemptVerdict {

  /** The trial has ended. */
  record Conclusive(TrialOutcome outcome, Optional<TrialResult> result) implements AttemptVerdict {}

  /** The attempt ended by its own fault; another may succeed. */
  record Failure(OutcomeReason reason, String message) implements AttemptVerdict {}

  /** A dependency of the trial is at fault; once it is fixed, the trial goes on. */
  record Blocked(OutcomeReason reason, String message) implements AttemptVerdict {}

  /** Something outside ended the attempt. */
  record Disruption(String message) implements AttemptVerdict {}

  /** The sweep ended the attempt. */
  record OwnStop() implements AttemptVerdict {}

  int SIGNAL = 128;
  int SIGHUP = 1;
  int SIGINT = 2;
  int SIGKILL = 9;
  int SIGTERM = 15;

  /**
   * Judges an end. A complete result counts however the attempt ended: a worker may be killed after
   * it wrote the result.
   *
   * @param result as found, of whatever attempt
   * @param ownStop whether the sweep had told the attempt to stop
   */
  static AttemptVerdict of(
      PlannedTrial planned, AttemptEnd end, Optional<TrialResult> result, boolean ownStop) {
    Optional<String> problem = result.flatMap(found -> ResultCheck.problem(planned, found));
    Optional<TrialResult> sound = problem.isPresent() ? Optional.empty() : result;
    if (sound.isPresent() && concludes(sound.get(), end)) {
      return new Conclusive(sound.get().outcome(), sound);
    }
    if (end instanceof AttemptEnd.OutOfMemory memory) {
      return new Conclusive(
          TrialOutcome.excluded(OutcomeReason.OutOfMemory, memory.message()), Optional.empty());
    }
    if (end instanceof AttemptEnd.Exited exited && exited.code() == ExitCode.GIVE_UP.code()) {
      return new Conclusive(
          TrialOutcome.failed(
              OutcomeReason.Crashed,
              "the worker gave up (exit 42) and left no result that says why%s; see its log"
                  .formatted(problem.map(found -> ": " + found).orElse(""))),
          Optional.empty());
    }
    if (end instanceof AttemptEnd.Faulted faulted) {
      return new Failure(faulted.reason(), faulted.message());
    }
    if (ownStop) {
      return new OwnStop();
    }
    if (end instanceof AttemptEnd.Blocked blocked) {
      return new Blocked(blocked.reason(), blocked.message());
    }
    if (end instanceof AttemptEnd.Disrupted disrupted) {
      return new Disruption(disrupted.cause());
    }
    return ofExit(((AttemptEnd.Exited) end).code(), sound, problem);
  }

  private static boolean concludes(TrialResult result, AttemptEnd end) {
    boolean passing =
        end instanceof AttemptEnd.Exited exited && exited.code() == ExitCode.TRANSIENT.code();
    boolean deliberate =
        end instanceof AttemptEnd.Exited exited
            && (exited.code() == ExitCode.GIVE_UP.code() || exited.code() == ExitCode.DONE.code());
    return switch (result.outcome().type()) {
      case Succeeded -> true;
      case Excluded -> !passing;
      case Failed -> deliberate;
    };
  }

  private static AttemptVerdict ofExit(
      int code, Optional<TrialResult> result, Optional<String> problem) {
    if (code == SIGNAL + SIGHUP
        || code == SIGNAL + SIGINT
        || code == SIGNAL + SIGKILL
        || code == SIGNAL + SIGTERM) {
      return new Disruption("ended from outside by signal " + (code - SIGNAL));
    }
    Optional<TrialOutcome> reported =
        result.map(TrialResult::outcome).filter(outcome -> outcome.type() != OutcomeType.Succeeded);
    boolean storage = code == ExitCode.STORAGE.code();
    OutcomeReason reason =
        reported
            .flatMap(outcome -> Optional.ofNullable(outcome.reason()))
            .orElse(storage ? OutcomeReason.StorageUnavailable : OutcomeReason.Crashed);
    Optional<String> said =
        reported.flatMap(outcome -> Optional.ofNullable(outcome.message())).or(() -> problem);
    if (reason.external() && code != ExitCode.GIVE_UP.code()) {
      return new Blocked(
          reason,
          said.orElse(
              "the trial's folder cannot be written, not even to say why: most often its disk is"
                  + " full; free some space, or see the worker's log"));
    }
    String message = "exit %d: %s".formatted(code, said.orElse("no result; see the worker's log"));
    boolean transientExit = code == ExitCode.TRANSIENT.code();
    return transientExit && reason == OutcomeReason.FolderLocked
        ? new Disruption(message)
        : new Failure(reason, message);
  }
}
