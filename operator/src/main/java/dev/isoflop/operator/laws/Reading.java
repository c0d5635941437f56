package dev.isoflop.operator.laws;

/**
 * What one rule makes of two sweeps.
 *
 * @param subject the law that was read; for {@link ReadingRule#MODEL} and {@link ReadingRule#DATA},
 *     which read two, the parameters'
 */
public record Reading(ReadingRule rule, LawSubject subject, Verdict verdict) {}
