package dev.isoflop.laws.data;

/** The budgets from one to another, in FLOPs. */
public record BudgetRange(double smallest, double largest) {

  public BudgetRange {
    if (!(smallest > 0 && smallest <= largest && Double.isFinite(largest))) {
      throw new IllegalArgumentException(
          "smallest: " + smallest + " must be positive and not exceed largest: " + largest);
    }
  }

  /** Whether a budget lies in the range, its ends included. */
  public boolean contains(double flops) {
    return smallest <= flops && flops <= largest;
  }
}
