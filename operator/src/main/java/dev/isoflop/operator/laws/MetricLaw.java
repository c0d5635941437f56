package dev.isoflop.operator.laws;

/** The law of one further metric of the compute-optimal models. */
public record MetricLaw(MetricSeries series, Fit<PowerLaw> law) {}
