package dev.isoflop.operator.local.run;

import dev.isoflop.api.v1alpha1.Trial;
import dev.isoflop.api.v1alpha1.TrialStatus;
import dev.isoflop.operator.local.store.FolderLock;
import dev.isoflop.operator.local.store.LocalFaultException;
import dev.isoflop.operator.local.store.SweepFolder;
import dev.isoflop.operator.sweep.state.Retries;
import dev.isoflop.trial.OutcomeType;
import dev.isoflop.trial.TrialOutcome;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lets trials of a folder run again with its next run: from their checkpoints, with their failures
 * forgiven, under the same keys. Each trial is changed by one write, so that an end in between
 * leaves some to be named again.
 */
public final class RetryTrials {
  private final SweepFolder folder;
  private final Instant now;
  private final Consumer<String> notice;

  /** Retries in a folder that nothing runs in. */
  public RetryTrials(SweepFolder folder, Instant now, Consumer<String> notice) {
    this.folder = folder;
    this.now = now;
    this.notice = notice;
  }

  /** The answer to a retry. */
  public sealed interface Answer {
    /** These run again. */
    record Again(List<String> trials) implements Answer {
      public Again {
        trials = List.copyOf(trials);
      }
    }

    /**
     * None has failed.
     *
     * @param succeeded trials that did
     * @param excluded names and reasons of those that diverged or were left out otherwise
     * @param open trials that have not ended
     */
    record NothingFailed(int succeeded, List<String> excluded, int open) implements Answer {
      public NothingFailed {
        excluded = List.copyOf(excluded);
      }
    }

    /** Nothing was changed; each reason names a trial and what is wrong with it. */
    record Refused(List<String> reasons) implements Answer {
      public Refused {
        reasons = List.copyOf(reasons);
      }
    }
  }

  /**
   * Marks trials.
   *
   * @param names of the trials; none for all that failed or did not fit into memory
   * @throws LocalFaultException if a run goes on in the folder, or it cannot be written
   */
  public Answer mark(List<String> names) throws LocalFaultException {
    if (!Files.exists(folder.file(SweepFolder.TRIALS))) {
      return new Answer.Refused(List.of(folder.withoutRun()));
    }
    FolderLock lock = FolderLock.acquire(folder.file(SweepFolder.LOCK));
    try {
      List<Trial> stored = folder.storedTrials(notice);
      List<String> reasons = problems(names, stored);
      if (!reasons.isEmpty()) {
        return new Answer.Refused(reasons);
      }
      List<String> again = new ArrayList<>();
      for (Trial trial : stored) {
        String name = trial.getMetadata().getName();
        TrialStatus status = trial.getStatus();
        if (status != null && (names.isEmpty() ? Retries.isMeant(status) : names.contains(name))) {
          trial.setStatus(Retries.onCommand(status, now));
          folder.trial(name).write(trial);
          again.add(name);
        }
      }
      return again.isEmpty() ? standing(stored) : new Answer.Again(again);
    } finally {
      lock.close();
    }
  }

  private static Answer standing(List<Trial> stored) {
    int succeeded = 0;
    int open = 0;
    List<String> excluded = new ArrayList<>();
    for (Trial trial : stored) {
      TrialOutcome outcome = trial.getStatus() == null ? null : trial.getStatus().outcome();
      if (outcome == null) {
        open++;
      } else if (outcome.type() == OutcomeType.Succeeded) {
        succeeded++;
      } else {
        excluded.add(
            "%s (%s)".formatted(trial.getMetadata().getName(), String.valueOf(outcome.reason())));
      }
    }
    return new Answer.NothingFailed(succeeded, excluded, open);
  }

  private List<String> problems(List<String> names, List<Trial> stored) {
    Set<String> known = new TreeSet<>();
    stored.forEach(trial -> known.add(trial.getMetadata().getName()));
    List<String> problems = new ArrayList<>();
    for (String name : names) {
      if (!known.contains(name)) {
        problems.add(
            "%s: there is no such trial; see the folders in %s"
                .formatted(name, folder.file(SweepFolder.TRIALS)));
      }
    }
    stored.stream()
        .filter(trial -> names.contains(trial.getMetadata().getName()))
        .filter(trial -> succeeded(trial.getStatus()))
        .forEach(
            trial ->
                problems.add(
                    "%s: has succeeded, so another run would only repeat its numbers; leave it out"
                        .formatted(trial.getMetadata().getName())));
    return problems;
  }

  private static boolean succeeded(@Nullable TrialStatus status) {
    return status != null
        && status.outcome() != null
        && status.outcome().type() == OutcomeType.Succeeded;
  }
}
