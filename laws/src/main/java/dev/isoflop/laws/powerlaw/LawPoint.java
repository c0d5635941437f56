package dev.isoflop.laws.powerlaw;

/** One budget's contribution to a law. */
public record LawPoint(double budget, double value) {}
