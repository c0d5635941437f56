package dev.isoflop.laws.compare;

import dev.isoflop.laws.data.BudgetRange;

/**
 * One law of two sweeps, each fitted to the budgets that both cover. Exponents of laws of different
 * budgets differ even where the sweeps do not: any loss that levels off is steeper at smaller ones.
 *
 * @param budgets that both cover
 * @param whole whether these are all budgets of both, so that both laws stand as they were fitted
 */
record CommonLaw(ComparedLaw first, ComparedLaw second, BudgetRange budgets, boolean whole) {}
