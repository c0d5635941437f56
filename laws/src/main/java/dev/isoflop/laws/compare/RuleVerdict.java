package dev.isoflop.laws.compare;

/**
 * What one rule makes of two sweeps.
 *
 * @param subject the law that was read; for {@link ComparisonRule#MODEL} and {@link
 *     ComparisonRule#DATA}, which read two, the parameters'
 */
public record RuleVerdict(ComparisonRule rule, LawSubject subject, Verdict verdict) {}
