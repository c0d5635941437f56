package dev.isoflop.laws.compare;

import dev.isoflop.laws.data.BudgetRange;
import dev.isoflop.laws.finding.Finding;
import java.util.List;
import java.util.Optional;

/**
 * Two sweeps held against each other.
 *
 * @param first name of the first sweep, which differences are taken from
 * @param second name of the second
 * @param exponents of every law that both have: N*, D*, loss, then metrics by name
 * @param common the budgets that the loss laws of both cover; empty when they have none in common
 * @param losses at equal compute, at the budgets of either sweep in the common range
 * @param multipliers of compute for equal loss, at the same budgets
 * @param readings one per rule and law it applies to
 * @param findings what weakens the comparison
 */
public record SweepPair(
    String first,
    String second,
    List<ExponentDifference> exponents,
    Optional<BudgetRange> common,
    List<LossAtCompute> losses,
    List<ComputeMultiplier> multipliers,
    List<RuleVerdict> readings,
    List<Finding> findings) {

  public SweepPair {
    exponents = List.copyOf(exponents);
    losses = List.copyOf(losses);
    multipliers = List.copyOf(multipliers);
    readings = List.copyOf(readings);
    findings = List.copyOf(findings);
  }
}
