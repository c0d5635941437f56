package dev.isoflop.operator.report.plot;

/** One axis of a plot. */
public record Axis(RichText title, Scale scale) {}
