package dev.isoflop.operator.laws;

/** One budget's contribution to a law. */
public record LawPoint(double budget, double value) {}
