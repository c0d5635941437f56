package dev.isoflop.operator.cli;

import dev.isoflop.operator.cli.text.Figures;
import dev.isoflop.trial.TrialFiles;
import dev.isoflop.trial.TrialResult;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Says what trials left out of their data because it was broken. */
final class LeftOutSamples {
  private LeftOutSamples() {}

  /** One sentence; empty if nothing was left out. */
  static Optional<String> told(List<TrialResult> results) {
    List<Long> counts =
        results.stream().map(TrialResult::brokenSamples).filter(Objects::nonNull).toList();
    return counts.stream()
        .max(Long::compare)
        .map(
            most ->
                "%s left out broken samples, at most %s each; %s in a trial's folder lists them"
                    .formatted(
                        Figures.several(counts.size(), "trial"),
                        Figures.whole(most),
                        TrialFiles.BROKEN_SAMPLES));
  }
}
