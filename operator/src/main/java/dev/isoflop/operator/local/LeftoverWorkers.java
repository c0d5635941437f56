package dev.isoflop.operator.local;

import dev.isoflop.trial.TrialFiles;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Finds the workers of a run whose parent was killed. They go on training, so they are taken over
 * rather than doubled.
 */
final class LeftoverWorkers {
  /** The system derives start times from its clock, which may have been set a little since. */
  private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(5);

  private final List<ProcessHandle> processes;

  private LeftoverWorkers(List<ProcessHandle> processes) {
    this.processes = processes;
  }

  /** Looks at the processes that run now. */
  static LeftoverWorkers look() {
    return new LeftoverWorkers(ProcessHandle.allProcesses().filter(AdoptedWorker::runs).toList());
  }

  /**
   * The worker that runs in a trial's folder.
   *
   * @param attempt what stands in the folder, if anything; a parent killed just after it started
   *     the worker has not written it
   * @throws LocalFaultException if something holds the folder that cannot be recognised
   */
  Optional<Worker> in(TrialFolder folder, Optional<AttemptRecord> attempt)
      throws LocalFaultException {
    Optional<ProcessHandle> process =
        processes.stream()
            .filter(
                candidate ->
                    isNamed(candidate, folder)
                        || attempt.filter(known -> isSame(candidate, known)).isPresent())
            .findFirst();
    if (process.isPresent()) {
      ProcessHandle found = process.get();
      Instant start =
          found.info().startInstant().or(() -> attempt.map(AttemptRecord::start)).orElseThrow();
      return Optional.of(new AdoptedWorker(found, start));
    }
    requireUnlocked(folder);
    return Optional.empty();
  }

  private static boolean isNamed(ProcessHandle process, TrialFolder folder) {
    String config = folder.file(TrialFiles.CONFIG).toString();
    return process
        .info()
        .arguments()
        .map(arguments -> List.of(arguments).contains(config))
        .orElse(false);
  }

  /** Where the system tells no arguments, the id and the start time must do. */
  private static boolean isSame(ProcessHandle process, AttemptRecord attempt) {
    return process.pid() == attempt.pid()
        && process.info().arguments().isEmpty()
        && process
            .info()
            .startInstant()
            .map(start -> Duration.between(start, attempt.start()).abs())
            .filter(difference -> difference.compareTo(CLOCK_TOLERANCE) < 0)
            .isPresent();
  }

  private static void requireUnlocked(TrialFolder folder) throws LocalFaultException {
    try {
      if (FolderLock.isHeld(folder.file(TrialFiles.LOCK))) {
        throw new LocalFaultException(
            folder.path()
                + ": a process that is not known holds this trial's folder; end the worker that"
                + " runs there and run the same command again");
      }
    } catch (IOException e) {
      throw LocalFaultException.reading(folder.file(TrialFiles.LOCK), e);
    }
  }
}
