package dev.isoflop.operator.sweep;

import dev.isoflop.api.v1alpha1.ScalingSweepStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What should happen next.
 *
 * @param actions to be carried out in this order
 * @param status of the sweep, once the actions are carried out
 * @param lookAgain when to decide again although nothing happened; empty if only an event can
 *     change the decision
 * @param settled whether no attempt runs and none will start until something outside the sweep
 *     changes: it is finished, refused, suspended or stopped. A runner that serves one sweep may
 *     end
 */
public record SweepDecision(
    List<SweepAction> actions,
    ScalingSweepStatus status,
    Optional<Instant> lookAgain,
    boolean settled) {

  public SweepDecision {
    actions = List.copyOf(actions);
  }
}
