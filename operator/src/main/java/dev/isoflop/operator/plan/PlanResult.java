package dev.isoflop.operator.plan;

import java.util.List;

/** The result of planning a sweep. */
public sealed interface PlanResult {

  /**
   * The grid can be trained.
   *
   * @param reserve what may be trained beyond it
   */
  record Planned(SweepPlan plan, ExtraSizes reserve) implements PlanResult {}

  /**
   * Nothing of it may start.
   *
   * @param refusals at least one, in the order of the manifest's fields
   */
  record Refused(List<PlanError> refusals) implements PlanResult {
    public Refused {
      refusals = List.copyOf(refusals);
      if (refusals.isEmpty()) {
        throw new IllegalArgumentException("refusals: is empty; a refused plan says why");
      }
    }
  }
}
