package dev.isoflop.operator.sweep;

import dev.isoflop.operator.laws.LawOptions;
import dev.isoflop.operator.laws.Laws;
import dev.isoflop.operator.laws.TrainedPoint;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the laws of the sweeps decided last: decisions come every few seconds, new points rarely.
 * As a fit depends on nothing but its arguments, what is kept never shows in a decision.
 */
final class RememberedLaws implements LawSource {
  private static final int KEPT = 64;

  private record Arguments(List<TrainedPoint> points, LawOptions options) {}

  private final LawSource source;

  private final Map<Arguments, Laws> kept =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Arguments, Laws> eldest) {
          return size() > KEPT;
        }
      };

  RememberedLaws(LawSource source) {
    this.source = source;
  }

  @Override
  public Laws fit(List<TrainedPoint> points, LawOptions options) {
    Arguments arguments = new Arguments(List.copyOf(points), options);
    @Nullable Laws known;
    synchronized (kept) {
      known = kept.get(arguments);
    }
    if (known != null) {
      return known;
    }
    Laws fitted = source.fit(arguments.points(), options);
    synchronized (kept) {
      kept.put(arguments, fitted);
    }
    return fitted;
  }
}
