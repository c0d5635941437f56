package dev.isoflop.operator.sweep.laws;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.isoflop.laws.data.TrainedPoint;
import dev.isoflop.laws.fit.Laws;
import dev.isoflop.laws.options.LawOptions;
import java.util.List;

/**
 * Keeps the laws of the sweeps decided last: decisions come every few seconds, new points rarely.
 * As a fit depends on nothing but its arguments, what is kept never shows in a decision.
 */
public final class RememberedLaws implements LawSource {
  private static final int POINTS_KEPT = 100_000;

  private record Arguments(List<TrainedPoint> points, LawOptions options) {}

  private final LawSource source;

  private final Cache<Arguments, Laws> kept =
      Caffeine.newBuilder()
          .maximumWeight(POINTS_KEPT)
          .weigher((Arguments arguments, Laws laws) -> 1 + arguments.points().size())
          .executor(Runnable::run)
          .build();

  public RememberedLaws(LawSource source) {
    this.source = source;
  }

  @Override
  public Laws fit(List<TrainedPoint> points, LawOptions options) {
    return kept.get(
        new Arguments(List.copyOf(points), options),
        unknown -> source.fit(unknown.points(), options));
  }
}
