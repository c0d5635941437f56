package dev.isoflop.laws.fit;

/**
 * A budget predicted from the smaller ones alone.
 *
 * @param budget the one held out
 * @param budgetsFitted how many smaller ones the laws were fitted to
 * @param largestFitted the largest of them
 */
public record RollingCheck(
    double budget, int budgetsFitted, double largestFitted, Check parameters, Check loss) {}
