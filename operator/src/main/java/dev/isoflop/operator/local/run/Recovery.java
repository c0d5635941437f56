package dev.isoflop.operator.local.run;

import dev.isoflop.api.v1alpha1.Trial;
import dev.isoflop.api.v1alpha1.TrialStatus;
import dev.isoflop.operator.local.process.LeftoverWorkers;
import dev.isoflop.operator.local.process.Worker;
import dev.isoflop.operator.local.store.AttemptRecord;
import dev.isoflop.operator.local.store.LocalFaultException;
import dev.isoflop.operator.local.store.TrialFolder;
import dev.isoflop.operator.plan.PlannedTrial;
import dev.isoflop.operator.sweep.state.MendedFaults;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** Finds out where an earlier run has left each trial, whatever ended it. */
final class Recovery {
  private final RunSetting setting;
  private final BiConsumer<LocalTrial, LocalAttempt> watch;

  /**
   * @param watch is given every worker that still runs
   */
  Recovery(RunSetting setting, BiConsumer<LocalTrial, LocalAttempt> watch) {
    this.setting = setting;
    this.watch = watch;
  }

  /** Every trial that exists in the folder, by name. */
  Map<String, LocalTrial> trials() throws LocalFaultException {
    LeftoverWorkers leftovers = new LeftoverWorkers();
    Map<String, LocalTrial> trials = new TreeMap<>();
    int failed = 0;
    for (TrialFolder folder : setting.folder().trials()) {
      LocalTrial trial = new LocalTrial(folder);
      Optional<Trial> stored = folder.trial(setting::notice);
      Optional<TrialStatus> known = stored.map(Trial::getStatus);
      Optional<TrialStatus> fresh =
          known.flatMap(status -> MendedFaults.lookAgain(status, setting.now()));
      fresh.or(() -> known).ifPresent(trial::status);
      failed += fresh.isPresent() && known.map(TrialStatus::outcome).isPresent() ? 1 : 0;
      Optional<PlannedTrial> planned = setting.planned(folder.name());
      if (planned.isPresent()) {
        trial.result(folder.result(planned.get().key(), setting::notice));
      }
      findAttempt(trial, leftovers);
      trials.put(folder.name(), trial);
    }
    if (failed > 0) {
      setting.notice(
          "%d %s failed by data or storage that may be fixed by now; looking again"
              .formatted(failed, failed == 1 ? "trial" : "trials"));
    }
    return trials;
  }

  private void findAttempt(LocalTrial trial, LeftoverWorkers leftovers) throws LocalFaultException {
    Optional<AttemptRecord> known = trial.folder().attempt(setting::notice);
    Optional<Worker> worker = leftovers.in(trial.folder(), known);
    if (worker.isPresent()) {
      adopt(trial, worker.get(), known);
    } else if (known.isPresent()) {
      trial.vanished(known.get(), lastSeen(trial.folder(), known.get()));
    }
  }

  private void adopt(LocalTrial trial, Worker worker, Optional<AttemptRecord> known)
      throws LocalFaultException {
    int number =
        known
            .filter(attempt -> attempt.pid() == worker.pid())
            .map(AttemptRecord::number)
            .or(() -> trial.status().map(TrialStatus::attempt))
            .filter(attempt -> attempt > 0)
            .orElse(1);
    LocalAttempt attempt = new LocalAttempt(number, worker, java.util.OptionalLong.empty());
    trial.began(attempt);
    trial.folder().write(AttemptRecord.of(number, worker.process()));
    watch.accept(trial, attempt);
    setting
        .listener()
        .event(
            new SweepEvent.WorkerAdopted(
                setting.now(), trial.folder().name(), number, worker.pid()));
  }

  /** A run taken up days later must not count those days as time that the trial ran. */
  private Instant lastSeen(TrialFolder folder, AttemptRecord attempt) throws LocalFaultException {
    Instant last = folder.lastSignOfLife().orElse(attempt.start());
    Instant notBefore = last.isBefore(attempt.start()) ? attempt.start() : last;
    return notBefore.isAfter(setting.now()) ? setting.now() : notBefore;
  }
}
