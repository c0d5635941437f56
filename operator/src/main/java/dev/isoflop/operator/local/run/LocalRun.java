package dev.isoflop.operator.local.run;

import dev.isoflop.operator.backend.Backend;
import dev.isoflop.operator.collect.HttpExchanges;
import dev.isoflop.operator.collect.WorkerScraper;
import dev.isoflop.operator.local.process.MemoryKills;
import dev.isoflop.operator.local.process.WorkerLauncher;
import dev.isoflop.operator.local.store.LocalFaultException;
import dev.isoflop.operator.plan.PlannedTrial;
import dev.isoflop.operator.sweep.decide.SweepDecider;
import dev.isoflop.operator.sweep.decide.SweepDecision;
import dev.isoflop.operator.sweep.state.ConditionType;
import dev.isoflop.operator.sweep.state.Hold;
import dev.isoflop.trial.OutcomeReason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One run of a sweep: observe, decide, act, wait for something to happen. All of it happens on one
 * thread; workers and scrapes report through a queue.
 */
final class LocalRun {
  private final RunSetting setting;
  private final SweepDecider decider;
  private final MemoryKills memoryKills;
  private final BlockingQueue<LoopEvent> events;
  private final HttpExchanges exchanges = new HttpExchanges();
  private final WorkerWatch watch;
  private final StatusFile statusFile;
  private final Map<String, LocalTrial> trials;
  private final ProcessBackend backend;
  private boolean stopAsked;
  private Optional<Hold> hold = Optional.empty();
  private Optional<Hold> endedBy = Optional.empty();

  LocalRun(
      RunSetting setting,
      SweepDecider decider,
      WorkerLauncher launcher,
      MemoryKills memoryKills,
      BlockingQueue<LoopEvent> events)
      throws LocalFaultException {
    this.setting = setting;
    this.decider = decider;
    this.memoryKills = memoryKills;
    this.events = events;
    WorkerScraper scraper = new WorkerScraper(exchanges, setting.clock(), Duration.ofSeconds(2));
    watch = new WorkerWatch(setting, scraper, events);
    statusFile = StatusFile.open(setting);
    trials = new Recovery(setting, watch::watch).trials();
    backend =
        new ProcessBackend(
            setting,
            launcher,
            memoryKills,
            trials,
            watch,
            statusFile,
            () -> stopAsked || endedBy.isPresent());
    DeviceChange.of(trials.values(), setting.options().gpus().used()).ifPresent(setting::notice);
  }

  /** Runs until nothing is left to do, or someone asks to stop. */
  LocalOutcome run() throws LocalFaultException {
    try {
      Instant nextLook = setting.now();
      while (true) {
        SweepDecision decision = Backend.turn(backend, decider);
        boolean over = tellHold(decision.hold());
        SweepSnapshot snapshot = backend.snapshot(decision);
        setting.listener().progress(snapshot);
        if (decision.settled()) {
          statusFile.flush();
          return outcome(snapshot);
        }
        if (!setting.now().isBefore(nextLook)) {
          watch.look(trials.values());
          nextLook = setting.now().plus(setting.options().tick());
        }
        if (!over) {
          await(earliest(nextLook, decision.lookAgain()));
          kill();
        }
      }
    } finally {
      new WorkerStop(setting.options().grace()).stop(running());
      exchanges.close();
    }
  }

  /** Takes note of what holds the sweep; whether the run ends for it from now on. */
  private boolean tellHold(Optional<Hold> found) {
    if (found.isPresent() && hold.isEmpty()) {
      setting.notice(
          "nothing further starts for now: %s: %s"
              .formatted(found.get().reason(), found.get().message()));
    }
    hold = found;
    boolean ends =
        endedBy.isEmpty() && !stopAsked && found.filter(LocalRun::needsSomeone).isPresent();
    if (ends) {
      endedBy = found;
    }
    return ends;
  }

  /** Whether someone at this machine must act; a server that does not answer may come back. */
  private static boolean needsSomeone(Hold hold) {
    return hold.reason() != OutcomeReason.DataUnreachable;
  }

  private Instant earliest(Instant look, Optional<Instant> lookAgain) {
    Instant earliest = lookAgain.filter(look::isAfter).orElse(look);
    for (LocalAttempt attempt : running()) {
      earliest = attempt.killAt().filter(earliest::isAfter).orElse(earliest);
    }
    return earliest;
  }

  /** Waits for an event that may change the decision, or for the time to come. */
  private void await(Instant until) throws LocalFaultException {
    boolean decisive = false;
    while (!decisive) {
      long wait = Duration.between(setting.now(), until).toNanos();
      LoopEvent event = poll(Math.max(0, wait));
      if (event == null) {
        return;
      }
      decisive = handle(event);
    }
    for (LoopEvent event = events.poll(); event != null; event = events.poll()) {
      handle(event);
    }
  }

  private @Nullable LoopEvent poll(long nanoseconds) {
    try {
      return events.poll(nanoseconds, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      return new LoopEvent.StopAsked();
    }
  }

  /** Takes in an event; says whether it may change the decision. */
  private boolean handle(LoopEvent event) throws LocalFaultException {
    if (event instanceof LoopEvent.MetricsArrived arrived) {
      arrived.attempt().scraping(false);
      arrived.attempt().live().add(arrived.scrape());
      return false;
    }
    if (event instanceof LoopEvent.WorkerGone gone) {
      ended(gone);
    } else if (event instanceof LoopEvent.StopAsked) {
      stopAsked = true;
    }
    return true;
  }

  private void ended(LoopEvent.WorkerGone gone) throws LocalFaultException {
    LocalTrial trial = gone.trial();
    Optional<PlannedTrial> planned = setting.planned(trial.folder().name());
    if (planned.isPresent()) {
      trial.result(trial.folder().result(planned.get().key(), setting::notice));
    }
    trial.ended(
        gone.attempt(), setting.now(), gone.attempt().end(gone.code(), memoryKills.count()));
  }

  private void kill() {
    running().forEach(attempt -> attempt.killIfDue(setting.now()));
  }

  private List<LocalAttempt> running() {
    return trials.values().stream().flatMap(trial -> trial.attempt().stream()).toList();
  }

  private LocalOutcome outcome(SweepSnapshot snapshot) {
    if (ConditionType.Finished.isTrue(snapshot.status().conditions())) {
      return new LocalOutcome.Finished(setting.folder(), snapshot);
    }
    if (endedBy.isPresent()) {
      return new LocalOutcome.Held(setting.folder(), snapshot, endedBy.get());
    }
    return new LocalOutcome.Stopped(
        setting.folder(),
        snapshot,
        stopAsked ? LocalOutcome.Why.Requested : LocalOutcome.Why.Suspended);
  }
}
