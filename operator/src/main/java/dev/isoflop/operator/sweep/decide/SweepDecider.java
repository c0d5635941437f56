package dev.isoflop.operator.sweep.decide;

import dev.isoflop.api.v1alpha1.TrialStatus;
import dev.isoflop.operator.plan.PlanResult;
import dev.isoflop.operator.plan.PlannedTrial;
import dev.isoflop.operator.plan.SweepPlan;
import dev.isoflop.operator.sweep.laws.FittedLaws;
import dev.isoflop.operator.sweep.laws.GridExtension;
import dev.isoflop.operator.sweep.laws.LawSource;
import dev.isoflop.operator.sweep.laws.RememberedLaws;
import dev.isoflop.operator.sweep.observe.SweepObservation;
import dev.isoflop.operator.sweep.observe.TrialObservation;
import dev.isoflop.operator.sweep.state.Announcement;
import dev.isoflop.operator.sweep.state.CommonFault;
import dev.isoflop.operator.sweep.state.Hold;
import dev.isoflop.operator.sweep.state.LaunchGate;
import dev.isoflop.operator.sweep.state.Retries;
import dev.isoflop.operator.sweep.state.SweepProgress;
import dev.isoflop.operator.sweep.state.TrialLedger;
import dev.isoflop.operator.sweep.state.TrialState;
import dev.isoflop.operator.sweep.status.SweepReport;
import dev.isoflop.trial.OutcomeType;
import dev.isoflop.trial.TrialOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Decides what a sweep does next: which trials to create, which attempts to start and stop, what
 * the status says.
 *
 * <p>A decision is a function of the observation; nothing is remembered but fits that would come
 * out the same again. Once its actions are carried out, deciding again at the same time asks for
 * none. Safe for any number of callers at once.
 */
public final class SweepDecider {
  private final LawSource laws;
  private final String software;

  /**
   * @param laws usually {@code new LawFitter(threads)::fit}
   * @param software name and version, recorded in the laws' provenance
   */
  public SweepDecider(LawSource laws, String software) {
    this.laws = new RememberedLaws(laws);
    this.software = software;
  }

  public SweepDecision decide(SweepObservation observed) {
    return observed.plan() instanceof PlanResult.Planned planned
        ? decide(observed, planned)
        : new RefusedSweep(observed, (PlanResult.Refused) observed.plan()).decision();
  }

  private SweepDecision decide(SweepObservation observed, PlanResult.Planned planned) {
    Duration deadline = Duration.parse(observed.spec().scheduling().trialDeadline());
    TrialLedger ledger =
        new TrialLedger(
            observed.spec().scheduling().failures().perTrial(), deadline, observed.now());
    Retries retries = new Retries(observed.spec().scheduling(), Retries.unmet(observed), ledger);
    GridExtension growth = new GridExtension(planned, observed);
    SweepPlan plan = growth.present();
    List<TrialState> trials = settle(observed, plan, ledger, retries);
    Optional<Hold> hold = Hold.of(trials, observed.now());
    LaunchGate gate = LaunchGate.of(observed, trials, hold);
    SweepProgress before =
        new SweepProgress(observed, planned, plan, trials, List.of(), gate, hold);
    FittedLaws fitted = FittedLaws.of(before, laws, software);
    List<PlannedTrial> further = growth.wanted(before, fitted);
    if (!further.isEmpty()) {
      plan = plan.with(further);
      trials = settle(observed, plan, ledger, retries);
    }
    AttemptSchedule schedule = new AttemptSchedule(observed, ledger, gate, hold, deadline);
    List<TrialState> scheduled = schedule.arrange(trials);

    SweepProgress progress =
        new SweepProgress(observed, planned, plan, scheduled, schedule.unplanned(), gate, hold);
    if (!further.isEmpty() || before.finished() != progress.finished()) {
      fitted = FittedLaws.of(progress, laws, software);
    }
    return new SweepDecision(
        plan.trials(),
        announcements(observed, trials, growth),
        schedule.actions(),
        new SweepReport(progress, fitted).status(),
        schedule.lookAgain(scheduled),
        progress.settled(),
        hold);
  }

  /** The statuses in step with what was found, a fault that trials share taken out of each. */
  private static List<TrialState> settle(
      SweepObservation observed, SweepPlan plan, TrialLedger ledger, Retries retries) {
    List<TrialState> settled =
        new CommonFault(ledger, observed.now()).excuse(each(observed, plan, ledger, retries));
    return settled.stream()
        .map(
            trial ->
                trial
                    .block()
                    .filter(block -> !trial.ended())
                    .filter(block -> Hold.refuted(block, settled, observed.now()))
                    .map(block -> trial.with(ledger.unblocked(trial.status())))
                    .orElse(trial))
        .toList();
  }

  private static List<Announcement> announcements(
      SweepObservation observed, List<TrialState> trials, GridExtension growth) {
    List<Announcement> news = new ArrayList<>(growth.announcements());
    Set<String> blocked =
        observed.trials().stream()
            .filter(trial -> trial.status().map(TrialStatus::block).isPresent())
            .map(TrialObservation::name)
            .collect(Collectors.toSet());
    boolean freed =
        trials.stream()
            .filter(trial -> blocked.contains(trial.name()) && trial.block().isEmpty())
            .anyMatch(trial -> !givenUp(trial));
    boolean free = trials.stream().allMatch(trial -> trial.block().isEmpty());
    if (freed && free) {
      news.add(
          new Announcement(
              "LaunchesResumed", "an attempt got past what held the sweep; all trials go on"));
    }
    return news;
  }

  /** Whether its annotation has ended it: a trial that ends by itself is excluded by training. */
  private static boolean givenUp(TrialState trial) {
    TrialOutcome outcome = trial.status().outcome();
    return outcome != null
        && outcome.type() == OutcomeType.Excluded
        && outcome.reason() != null
        && !outcome.reason().ofTraining();
  }

  private static List<TrialState> each(
      SweepObservation observed, SweepPlan plan, TrialLedger ledger, Retries retries) {
    Map<String, TrialObservation> found = new HashMap<>();
    observed.trials().forEach(trial -> found.put(trial.name(), trial));
    return plan.trials().stream()
        .map(
            planned ->
                settle(planned, Optional.ofNullable(found.get(planned.name())), ledger, retries))
        .toList();
  }

  private static TrialState settle(
      PlannedTrial planned, Optional<TrialObservation> found, TrialLedger ledger, Retries retries) {
    return found
        .map(trial -> TrialState.of(planned, trial, ledger.settle(planned, trial, retries)))
        .orElseGet(() -> TrialState.absent(planned));
  }
}
