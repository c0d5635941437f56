package dev.isoflop.operator.laws;

/**
 * Intervals of a law's two numbers, each on its own; they are strongly correlated, so a band for
 * the quantity itself comes from {@link PowerLaw#predict}, not from combining their ends.
 */
public record LawInterval(Interval coefficient, Interval exponent) {}
