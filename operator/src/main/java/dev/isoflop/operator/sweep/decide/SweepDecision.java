package dev.isoflop.operator.sweep.decide;

import dev.isoflop.api.v1alpha1.ScalingSweepStatus;
import dev.isoflop.operator.plan.PlannedTrial;
import dev.isoflop.operator.sweep.state.Announcement;
import dev.isoflop.operator.sweep.state.Hold;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The next steps of a sweep.
 *
 * @param trials of which the sweep consists with the actions carried out, in the order in which
 *     they start; none where it is refused
 * @param announcements to be told before the actions are carried out; telling one again is harmless
 * @param actions to be carried out in this order
 * @param status of the sweep, once the actions are carried out
 * @param lookAgain when to decide again although nothing happened; empty if only an event can
 *     change the decision
 * @param settled whether no attempt runs and none will start until something outside the sweep
 *     changes: it is finished, refused, suspended or stopped. A runner that serves one sweep may
 *     end
 * @param hold the fault for which nothing but a probe starts; empty if launches are free
 */
public record SweepDecision(
    List<PlannedTrial> trials,
    List<Announcement> announcements,
    List<SweepAction> actions,
    ScalingSweepStatus status,
    Optional<Instant> lookAgain,
    boolean settled,
    Optional<Hold> hold) {

  public SweepDecision {
    trials = List.copyOf(trials);
    announcements = List.copyOf(announcements);
    actions = List.copyOf(actions);
  }
}
