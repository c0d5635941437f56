package dev.isoflop.operator.sweep.decide;

import dev.isoflop.api.v1alpha1.ScalingSweepStatus;
import dev.isoflop.api.v1alpha1.ScalingSweepStatusBuilder;
import dev.isoflop.api.v1alpha1.bounds.Bounds;
import dev.isoflop.operator.plan.PlanError;
import dev.isoflop.operator.plan.PlanResult;
import dev.isoflop.operator.sweep.observe.AttemptObservation;
import dev.isoflop.operator.sweep.observe.SweepObservation;
import dev.isoflop.operator.sweep.state.ConditionSet;
import dev.isoflop.operator.sweep.state.ConditionSet.Truth;
import dev.isoflop.operator.sweep.state.ConditionType;
import dev.isoflop.operator.sweep.state.StopReason;
import dev.isoflop.operator.sweep.state.Text;
import dev.isoflop.operator.sweep.status.SweepConditions;
import dev.isoflop.operator.sweep.status.SweepReason;
import java.util.List;
import java.util.Optional;

/**
 * Decides for a sweep without a plan: nothing starts, its attempts that run from an earlier spec go
 * on, and what it had learned stays.
 */
final class RefusedSweep {
  private final SweepObservation observed;
  private final PlanResult.Refused refused;

  RefusedSweep(SweepObservation observed, PlanResult.Refused refused) {
    this.observed = observed;
    this.refused = refused;
  }

  SweepDecision decision() {
    return new SweepDecision(
        List.of(), List.of(), stops(), status(), Optional.empty(), !running(), Optional.empty());
  }

  /**
   * What can be done without a plan: to stop. An attempt that was not told why is taken up again.
   */
  private List<SweepAction> stops() {
    if (!observed.spec().suspend()) {
      return List.of();
    }
    return observed.trials().stream()
        .flatMap(
            trial ->
                trial.unstopped().map(running -> stop(trial.name(), running.number())).stream())
        .toList();
  }

  private static SweepAction stop(String trial, int number) {
    return new SweepAction.StopAttempt(trial, number, StopReason.Suspended);
  }

  private boolean running() {
    return observed.trials().stream()
        .anyMatch(trial -> trial.attempt() instanceof AttemptObservation.Running);
  }

  private ScalingSweepStatus status() {
    Optional<ScalingSweepStatus> before = observed.status();
    String why =
        Text.join(refused.refusals().stream().map(PlanError::message).toList(), Bounds.MESSAGE);
    String reason = refused.refusals().get(0).reason();
    Truth done = running() ? Truth.False : Truth.True;
    ConditionSet conditions =
        new ConditionSet(
                before.map(ScalingSweepStatus::conditions).orElse(List.of()),
                observed.now(),
                observed.generation())
            .set(ConditionType.Accepted, Truth.False, reason, why)
            .set(ConditionType.Progressing, Truth.False, SweepReason.Refused, why)
            .set(
                ConditionType.Degraded,
                Truth.True,
                SweepReason.Refused,
                "see the condition Accepted")
            .set(
                ConditionType.Finished,
                done,
                SweepReason.Refused,
                "nothing starts until the spec is fixed")
            .set(
                ConditionType.Succeeded,
                Truth.False,
                SweepReason.Refused,
                "see the condition Accepted");
    SweepConditions.metricsAvailable(conditions, observed.metrics());
    if (before.map(ScalingSweepStatus::laws).isEmpty()) {
      conditions.set(
          ConditionType.LawsFitted, Truth.False, SweepReason.Refused, "nothing can be trained");
    } else {
      conditions.keep(ConditionType.LawsFitted);
    }
    return before
        .map(ScalingSweepStatusBuilder::builder)
        .orElseGet(ScalingSweepStatusBuilder::builder)
        .observedGeneration(observed.generation())
        .conditions(conditions.list())
        .build();
  }
}
