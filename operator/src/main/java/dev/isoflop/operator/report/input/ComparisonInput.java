package dev.isoflop.operator.report.input;

import dev.isoflop.laws.compare.ComparedSweep;
import dev.isoflop.laws.compare.Comparison;
import java.time.Instant;
import java.util.List;

/**
 * All that the page of a comparison shows.
 *
 * @param sweeps in the order of the comparison
 * @param origins where each comes from, with the digest of its points
 * @param generated when the page was made
 * @param software what made it, such as {@code isoflop 0.1.0}
 * @param command what a reader runs to get it again
 */
public record ComparisonInput(
    Comparison comparison,
    List<ComparedSweep> sweeps,
    List<String> origins,
    Instant generated,
    String software,
    String command)
    implements PageInput {
  public ComparisonInput {
    sweeps = List.copyOf(sweeps);
    origins = List.copyOf(origins);
  }
}
