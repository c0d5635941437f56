package dev.isoflop.operator.sweep;

import dev.isoflop.operator.laws.LawOptions;
import dev.isoflop.operator.laws.Laws;
import dev.isoflop.operator.laws.TrainedPoint;
import java.util.List;

/** Fits laws; equal arguments give equal laws. */
@FunctionalInterface
public interface LawSource {
  Laws fit(List<TrainedPoint> points, LawOptions options);
}
