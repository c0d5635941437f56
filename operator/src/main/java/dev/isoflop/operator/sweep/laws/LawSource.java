package dev.isoflop.operator.sweep.laws;

import dev.isoflop.laws.data.TrainedPoint;
import dev.isoflop.laws.fit.Laws;
import dev.isoflop.laws.options.LawOptions;
import java.util.List;

/** Fits laws; equal arguments give equal laws. */
@FunctionalInterface
public interface LawSource {
  Laws fit(List<TrainedPoint> points, LawOptions options);
}
