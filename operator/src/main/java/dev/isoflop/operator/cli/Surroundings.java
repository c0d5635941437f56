package dev.isoflop.operator.cli;

import java.time.Clock;

/**
 * What the commands work with.
 *
 * @param out where results go
 * @param err where messages go
 * @param processors for fits; their results do not depend on it
 */
public record Surroundings(
    Console out, Console err, Clock clock, Release release, int processors) {}
