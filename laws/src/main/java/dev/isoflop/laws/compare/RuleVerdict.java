package dev.isoflop.laws.compare;

import dev.isoflop.laws.data.LawSubject;

/**
 * The verdict of one rule on two sweeps.
 *
 * @param subject the law that was read; for {@link ComparisonRule#MODEL} and {@link
 *     ComparisonRule#DATA}, which read two, the parameters'
 */
public record RuleVerdict(ComparisonRule rule, LawSubject subject, Verdict verdict) {}
