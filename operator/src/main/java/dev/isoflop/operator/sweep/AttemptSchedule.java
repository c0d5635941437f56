package dev.isoflop.operator.sweep;

import dev.isoflop.api.v1alpha1.TrialStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Decides which attempts stop and which start, within the limits, and writes down the steps. */
final class AttemptSchedule {
  /** When to look again at a trial whose parts do not yet agree, such as a late cache. */
  private static final Duration DISAGREEMENT = Duration.ofSeconds(5);

  private final SweepObservation observed;
  private final TrialLedger ledger;
  private final LaunchGate gate;
  private final Duration deadline;
  private final Map<String, TrialObservation> found = new HashMap<>();

  /** Steps that free slots or enter what happened, creations, and starts; carried out in turn. */
  private final List<SweepAction> closing = new ArrayList<>();

  private final List<SweepAction> creating = new ArrayList<>();
  private final List<SweepAction> starting = new ArrayList<>();
  private final List<TrialObservation> unplanned = new ArrayList<>();

  AttemptSchedule(
      SweepObservation observed, TrialLedger ledger, LaunchGate gate, Duration deadline) {
    this.observed = observed;
    this.ledger = ledger;
    this.gate = gate;
    this.deadline = deadline;
    observed.trials().forEach(trial -> found.put(trial.name(), trial));
  }

  /** The trials as they stand once the actions are carried out. */
  List<TrialState> arrange(List<TrialState> trials) {
    stopUnplanned(trials);
    Set<String> chosen = chooseStarts(trials);
    List<TrialState> arranged = new ArrayList<>();
    for (TrialState trial : trials) {
      if (!trial.exists()) {
        creating.add(new SweepAction.CreateTrial(trial.planned()));
      }
      arranged.add(chosen.contains(trial.name()) ? start(trial) : stopOrKeep(trial));
    }
    return arranged;
  }

  List<SweepAction> actions() {
    return Stream.of(closing, creating, starting).flatMap(List::stream).toList();
  }

  /** Trials that exist although the plan does not hold them. */
  List<TrialObservation> unplanned() {
    return List.copyOf(unplanned);
  }

  /** When time alone changes what is to be done. */
  Optional<Instant> lookAgain(List<TrialState> trials) {
    Instant now = observed.now();
    Stream<Instant> retries =
        gate == LaunchGate.Open
            ? trials.stream()
                .filter(TrialState::waiting)
                .flatMap(trial -> trial.retryTime().stream())
            : Stream.empty();
    Stream<Instant> deadlines =
        trials.stream()
            .filter(trial -> trial.live().isPresent() && !trial.ended())
            .map(trial -> now.plus(deadline).minus(trial.countedUntil(now)));
    boolean unended = trials.stream().anyMatch(trial -> !trial.ended());
    Stream<Instant> window =
        gate.opensByItself() && unended ? observed.window().nextChange().stream() : Stream.empty();
    Stream<Instant> disagreements =
        trials.stream().anyMatch(AttemptSchedule::disagrees)
            ? Stream.of(now.plus(DISAGREEMENT))
            : Stream.empty();
    return Stream.of(retries, deadlines, window, disagreements)
        .flatMap(times -> times)
        .filter(now::isBefore)
        .min(Instant::compareTo);
  }

  private static boolean disagrees(TrialState trial) {
    return trial.live().filter(attempt -> attempt.number() < trial.status().attempt()).isPresent();
  }

  private void stopUnplanned(List<TrialState> trials) {
    Set<String> planned = new HashSet<>();
    trials.forEach(trial -> planned.add(trial.name()));
    for (TrialObservation trial : observed.trials()) {
      if (!planned.contains(trial.name())) {
        unplanned.add(trial);
        trial
            .unstopped()
            .ifPresent(
                running ->
                    closing.add(
                        new SweepAction.StopAttempt(
                            trial.name(), running.number(), StopReason.NotPlanned)));
      }
    }
  }

  /** Attempts that were recorded already come first, then those in line, in the plan's order. */
  private Set<String> chooseStarts(List<TrialState> trials) {
    if (gate != LaunchGate.Open) {
      return Set.of();
    }
    long live =
        observed.trials().stream()
            .filter(trial -> trial.attempt() instanceof AttemptObservation.Running)
            .count();
    int parallel = Math.min(observed.slots(), observed.spec().scheduling().maxParallel());
    Set<String> chosen = new HashSet<>();
    Stream.concat(
            trials.stream().filter(TrialState::intended),
            trials.stream().filter(TrialState::waiting).filter(this::due))
        .limit(Math.max(0, parallel - live))
        .forEach(trial -> chosen.add(trial.name()));
    return chosen;
  }

  private boolean due(TrialState trial) {
    return trial.retryTime().filter(observed.now()::isBefore).isEmpty();
  }

  private TrialState start(TrialState trial) {
    TrialState started = trial.intended() ? trial : trial.with(ledger.starting(trial.status()));
    record(started, starting);
    starting.add(new SweepAction.StartAttempt(trial.name(), started.status().attempt()));
    return started;
  }

  private TrialState stopOrKeep(TrialState trial) {
    if (trial.intended()) {
      TrialState withdrawn = trial.with(ledger.withdrawn(trial.status()));
      record(withdrawn, closing);
      return withdrawn;
    }
    Optional<StopReason> reason = stopReason(trial);
    TrialState kept =
        reason.isPresent() && !trial.ended()
            ? trial.with(
                ledger.stopping(trial.status(), reason.get(), trial.live().orElseThrow().since()))
            : trial;
    record(kept, closing);
    reason.ifPresent(
        why ->
            closing.add(
                new SweepAction.StopAttempt(
                    trial.name(), trial.live().orElseThrow().number(), why)));
    return kept;
  }

  private Optional<StopReason> stopReason(TrialState trial) {
    if (trial.live().isEmpty() || trial.live().get().stopping() || disagrees(trial)) {
      return Optional.empty();
    }
    if (trial.ended()) {
      return Optional.of(StopReason.AlreadyFinished);
    }
    if (trial.countedUntil(observed.now()).compareTo(deadline) >= 0) {
      return Optional.of(StopReason.DeadlineExceeded);
    }
    // Where nothing may start, what is stopped would not be made anew.
    boolean mayStart = gate.opensByItself() && gate != LaunchGate.OutsideWindow;
    return mayStart && trial.live().get().outdated()
        ? Optional.of(StopReason.Outdated)
        : gate.stop();
  }

  private void record(TrialState trial, List<SweepAction> steps) {
    TrialObservation before = found.get(trial.name());
    TrialStatus stored =
        before == null ? TrialLedger.BLANK : before.status().orElse(TrialLedger.BLANK);
    if (!stored.equals(trial.status())) {
      steps.add(new SweepAction.RecordTrial(trial.name(), trial.status()));
    }
  }
}
