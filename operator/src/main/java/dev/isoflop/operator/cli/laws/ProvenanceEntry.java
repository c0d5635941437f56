package dev.isoflop.operator.cli.laws;

/**
 * What laws come from.
 *
 * @param convention what a FLOP means; {@code Unstated} for points that came without it
 */
public record ProvenanceEntry(String inputDigest, String software, String convention) {}
