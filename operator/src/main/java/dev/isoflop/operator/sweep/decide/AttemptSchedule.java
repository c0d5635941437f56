package dev.isoflop.operator.sweep.decide;

import dev.isoflop.api.v1alpha1.ScalingSweepStatus;
import dev.isoflop.api.v1alpha1.TrialStatus;
import dev.isoflop.operator.sweep.observe.AttemptObservation;
import dev.isoflop.operator.sweep.observe.SweepObservation;
import dev.isoflop.operator.sweep.observe.TrialObservation;
import dev.isoflop.operator.sweep.state.Hold;
import dev.isoflop.operator.sweep.state.LaunchGate;
import dev.isoflop.operator.sweep.state.StopReason;
import dev.isoflop.operator.sweep.state.TrialLedger;
import dev.isoflop.operator.sweep.state.TrialState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
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
  private final Optional<Hold> hold;
  private final Duration deadline;
  private final Map<String, TrialObservation> found = new HashMap<>();

  /** Steps that free slots or enter what happened, creations, and starts; carried out in turn. */
  private final List<SweepAction> closing = new ArrayList<>();

  private final List<SweepAction> creating = new ArrayList<>();
  private final List<SweepAction> starting = new ArrayList<>();
  private final List<TrialObservation> unplanned = new ArrayList<>();

  /** The attempt that has waited longest for a fault to be mended; empty if none does. */
  private String waitsLongest = "";

  AttemptSchedule(
      SweepObservation observed,
      TrialLedger ledger,
      LaunchGate gate,
      Optional<Hold> hold,
      Duration deadline) {
    this.observed = observed;
    this.ledger = ledger;
    this.gate = gate;
    this.hold = hold;
    this.deadline = deadline;
    observed.trials().forEach(trial -> found.put(trial.name(), trial));
  }

  /** The trials as they stand once the actions are carried out. */
  List<TrialState> arrange(List<TrialState> trials) {
    stopUnplanned(trials);
    waitsLongest =
        trials.stream()
            .filter(trial -> trial.blocker().isPresent())
            .filter(trial -> !trial.live().orElseThrow().stopping())
            .min(Comparator.comparing(trial -> trial.blocker().orElseThrow().since()))
            .map(TrialState::name)
            .orElse("");
    Set<String> chosen = chooseStarts(trials);
    List<TrialState> arranged = new ArrayList<>();
    for (TrialState trial : trials) {
      if (!trial.exists() && isAvailable(trial)) {
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
    return Stream.of(retries, deadlines, window, disagreements, probes(trials))
        .flatMap(times -> times)
        .filter(now::isBefore)
        .min(Instant::compareTo);
  }

  /** When a probe may start, or one that runs is taken to work or to wait for too long. */
  private Stream<Instant> probes(List<TrialState> trials) {
    if (gate != LaunchGate.Held) {
      return Stream.empty();
    }
    Stream<Instant> next =
        trials.stream().anyMatch(TrialState::waiting)
            ? hold.stream().map(Hold::probeAt)
            : Stream.empty();
    Stream<Instant> patience =
        trials.stream()
            .flatMap(trial -> trial.blocker().stream())
            .map(blocker -> blocker.since().plus(Hold.PATIENCE));
    Stream<Instant> working =
        trials.stream()
            .flatMap(trial -> trial.live().stream())
            .map(attempt -> attempt.since().plus(Hold.SURELY_WORKING));
    return Stream.of(next, patience, working).flatMap(times -> times);
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
    if (gate != LaunchGate.Open && gate != LaunchGate.Held) {
      return Set.of();
    }
    long live =
        observed.trials().stream()
            .filter(trial -> trial.attempt() instanceof AttemptObservation.Running)
            .count();
    int parallel = Math.min(observed.slots(), observed.spec().scheduling().maxParallel());
    Set<String> chosen = new HashSet<>();
    Stream<TrialState> intended =
        trials.stream().filter(TrialState::intended).filter(this::isAvailable);
    Stream<TrialState> candidates =
        hold.filter(held -> gate == LaunchGate.Held)
            .map(held -> Stream.concat(intended, probe(held, trials)).limit(inFlight(held) ? 0 : 1))
            .orElseGet(
                () ->
                    Stream.concat(
                        intended,
                        trials.stream()
                            .filter(TrialState::waiting)
                            .filter(this::isAvailable)
                            .filter(this::due)));
    candidates.limit(Math.max(0, parallel - live)).forEach(trial -> chosen.add(trial.name()));
    return chosen;
  }

  private boolean inFlight(Hold held) {
    return observed.trials().stream()
        .anyMatch(
            trial ->
                trial.attempt() instanceof AttemptObservation.Running running
                    && held.probes(running));
  }

  /**
   * The trial that probes next: the one that was blocked least often, in the plan's order, so that
   * a fault of a single trial does not hold the others. A spec that was edited is tried at once.
   */
  private Stream<TrialState> probe(Hold held, List<TrialState> trials) {
    boolean edited =
        observed
            .status()
            .map(ScalingSweepStatus::observedGeneration)
            .filter(known -> known != observed.generation())
            .isPresent();
    List<TrialState> waiting =
        trials.stream().filter(TrialState::waiting).filter(this::isAvailable).toList();
    Optional<TrialState> replaced = waiting.stream().filter(TrialState::replaced).findFirst();
    if (replaced.isPresent()) {
      return replaced.stream();
    }
    return edited || !observed.now().isBefore(held.probeAt())
        ? waiting.stream().min(Comparator.comparingInt(trial -> trial.status().blocked())).stream()
        : Stream.empty();
  }

  private boolean isAvailable(TrialState trial) {
    return !observed.unavailable().contains(trial.name());
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
    TrialState kept = reason.isPresent() && !trial.ended() ? stopping(trial, reason.get()) : trial;
    record(kept, closing);
    reason.ifPresent(
        why ->
            closing.add(
                new SweepAction.StopAttempt(
                    trial.name(), trial.live().orElseThrow().number(), why)));
    return kept;
  }

  private TrialState stopping(TrialState trial, StopReason reason) {
    Instant since = trial.live().orElseThrow().since();
    return trial.with(
        trial
            .blocker()
            .filter(blocker -> reason == StopReason.Held)
            .map(blocker -> ledger.stopping(trial.status(), blocker, since))
            .orElseGet(() -> ledger.stopping(trial.status(), reason, since)));
  }

  /**
   * Whether an attempt that cannot begin only holds its slot: while launches are held the one that
   * waits for longest is the probe, and for a while only, since its node may be all that is at
   * fault.
   */
  private boolean waitsInVain(TrialState trial) {
    return gate == LaunchGate.Held
        && trial
            .blocker()
            .filter(
                blocker ->
                    !trial.name().equals(waitsLongest)
                        || !observed.now().isBefore(blocker.since().plus(Hold.PATIENCE)))
            .isPresent();
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
    if (mayStart && trial.live().get().outdated()) {
      return Optional.of(StopReason.Outdated);
    }
    return waitsInVain(trial) ? Optional.of(StopReason.Held) : gate.stop();
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
