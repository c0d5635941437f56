package dev.isoflop.laws.fit;

import dev.isoflop.laws.data.MetricSeries;
import dev.isoflop.laws.finding.Fit;
import dev.isoflop.laws.powerlaw.PowerLaw;

/** The law of one further metric of the compute-optimal models. */
public record MetricLaw(MetricSeries series, Fit<PowerLaw> law) {}
