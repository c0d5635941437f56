package dev.isoflop.operator.laws;

/**
 * A budget predicted from the smaller ones alone.
 *
 * @param budget the one held out
 * @param budgetsFitted how many smaller ones the laws were fitted to
 * @param largestFitted the largest of them
 */
public record HoldOut(
    double budget, int budgetsFitted, double largestFitted, Check parameters, Check loss) {}
