package dev.isoflop.operator.sweep;

import dev.isoflop.operator.plan.PlanResult;
import dev.isoflop.operator.plan.PlannedTrial;
import dev.isoflop.operator.plan.SweepPlan;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
    Growth growth = new Growth(planned, observed);
    SweepPlan plan = growth.present();
    List<TrialState> trials = settle(observed, plan, ledger, retries);
    LaunchGate gate = LaunchGate.of(observed, trials);
    SweepProgress before = new SweepProgress(observed, planned, plan, trials, List.of(), gate);
    FittedLaws fitted = FittedLaws.of(before, laws, software);
    List<PlannedTrial> further = growth.wanted(before, fitted);
    if (!further.isEmpty()) {
      plan = plan.with(further);
      trials = settle(observed, plan, ledger, retries);
    }
    AttemptSchedule schedule = new AttemptSchedule(observed, ledger, gate, deadline);
    List<TrialState> scheduled = schedule.arrange(trials);

    SweepProgress progress =
        new SweepProgress(observed, planned, plan, scheduled, schedule.unplanned(), gate);
    if (!further.isEmpty() || before.finished() != progress.finished()) {
      fitted = FittedLaws.of(progress, laws, software);
    }
    return new SweepDecision(
        plan.trials(),
        growth.announcements(),
        schedule.actions(),
        new SweepReport(progress, fitted).status(),
        schedule.lookAgain(scheduled),
        progress.settled());
  }

  private static List<TrialState> settle(
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
        .map(
            trial ->
                new TrialState(
                    planned,
                    true,
                    ledger.settle(planned, trial, retries),
                    trial.attempt() instanceof AttemptObservation.Running running
                        ? Optional.of(running)
                        : Optional.empty()))
        .orElseGet(() -> new TrialState(planned, false, TrialLedger.BLANK, Optional.empty()));
  }
}
