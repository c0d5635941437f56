package dev.isoflop.operator.report.page;

import dev.isoflop.laws.text.NumberFormat;
import dev.isoflop.operator.report.csv.TrialsCsv;
import dev.isoflop.operator.report.input.ReportTrial;
import dev.isoflop.operator.report.words.Phrases;
import dev.isoflop.trial.LeftOut;
import dev.isoflop.trial.TrialFiles;
import dev.isoflop.trial.TrialResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Says what trials left out of their data because it was broken.
 *
 * @param trials that left out anything
 * @param most samples of one trial, over all sets
 * @param sets the most of each set that one trial left out; empty where not all results tell
 */
public record LeftOutSamples(long trials, long most, List<LeftOut> sets) {
  public LeftOutSamples {
    sets = List.copyOf(sets);
  }

  /** Samples that trials left out by their results; empty if there were none. */
  public static Optional<LeftOutSamples> ofResults(List<TrialResult> results) {
    List<Long> counts = new ArrayList<>();
    List<LeftOut> sets = new ArrayList<>();
    for (TrialResult result : results) {
      Long broken = result.brokenSamples();
      counts.add(broken == null ? 0 : broken);
      sets.addAll(result.leftOutOfSets());
    }
    return of(counts, sets);
  }

  static Optional<LeftOutSamples> ofTrials(List<ReportTrial> trials) {
    return of(
        trials.stream().map(trial -> trial.brokenSamples().orElse(0)).toList(),
        trials.stream().flatMap(trial -> trial.leftOut().stream()).toList());
  }

  private static Optional<LeftOutSamples> of(List<Long> counts, List<LeftOut> told) {
    List<LeftOut> sets = told;
    long most = counts.stream().mapToLong(Long::longValue).max().orElse(0);
    if (most == 0) {
      return Optional.empty();
    }
    long all = counts.stream().mapToLong(Long::longValue).sum();
    if (sets.stream().mapToLong(LeftOut::samples).sum() != all) {
      // a result of a former release tells no sets
      sets = List.of();
    }
    long trials = counts.stream().filter(count -> count > 0).count();
    Map<String, LeftOut> mostOfSet = new TreeMap<>(TrialsCsv.TRAINING_SET_FIRST);
    for (LeftOut set : sets) {
      mostOfSet.merge(
          set.field(), set, (one, other) -> one.samples() >= other.samples() ? one : other);
    }
    return Optional.of(new LeftOutSamples(trials, most, List.copyOf(mostOfSet.values())));
  }

  /** A sentence without its full stop. */
  public String sentence() {
    return "%s left out broken samples, %s; %s in a trial's folder lists them"
        .formatted(NumberFormat.several(trials, "trial"), mostEach(), TrialFiles.BROKEN_SAMPLES);
  }

  /** {@code by 2 trials, at most 3 of google (data.train) each}. */
  String byTrials() {
    return "by %s, %s".formatted(NumberFormat.several(trials, "trial"), mostEach());
  }

  private String mostEach() {
    List<String> each =
        sets.stream()
            .map(
                set ->
                    "%s of %s (%s)"
                        .formatted(NumberFormat.whole(set.samples()), set.dataset(), set.field()))
            .toList();
    return "at most %s each"
        .formatted(each.isEmpty() ? NumberFormat.whole(most) : Phrases.list(each));
  }
}
