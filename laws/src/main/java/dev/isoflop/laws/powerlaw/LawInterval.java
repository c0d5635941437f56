package dev.isoflop.laws.powerlaw;

import dev.isoflop.laws.stats.Interval;
import java.util.Optional;

/**
 * Intervals of a law's numbers, each on its own; they are strongly correlated, so a band for the
 * quantity itself comes from {@link PowerLaw#predict}, not from combining their ends.
 *
 * @param offset empty for a pure power law
 */
public record LawInterval(Interval coefficient, Interval exponent, Optional<Interval> offset) {}
