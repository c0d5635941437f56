package dev.isoflop.laws.compare;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Two or more sweeps held against each other, every pair once.
 *
 * @param sweeps names, in the order given
 * @param confidence of every interval
 * @param verdictConfidence of the verdicts: with several pairs it is raised (Bonferroni), so that
 *     the chance of any wrong verdict by one rule on one law stays {@code 1 - confidence}
 * @param pairs in the order of the sweeps; the earlier one comes first in each
 */
public record Comparison(
    List<String> sweeps, double confidence, double verdictConfidence, List<SweepPair> pairs) {

  public Comparison {
    sweeps = List.copyOf(sweeps);
    pairs = List.copyOf(pairs);
  }

  /**
   * Compares sweeps.
   *
   * @param sweeps two or more, with different names; the first is the one to compare with
   * @param confidence of every interval, inside (0, 1)
   */
  public static Comparison of(List<ComparedSweep> sweeps, double confidence) {
    if (sweeps.size() < 2) {
      throw new IllegalArgumentException(
          "sweeps: " + sweeps.size() + " given; a comparison needs at least 2");
    }
    if (!(confidence > 0 && confidence < 1)) {
      throw new IllegalArgumentException(
          "confidence: " + confidence + " must lie inside (0, 1), such as 0.95");
    }
    Set<String> names = new HashSet<>();
    for (ComparedSweep sweep : sweeps) {
      if (!names.add(sweep.name())) {
        throw new IllegalArgumentException(
            "name: '" + sweep.name() + "' stands for two sweeps; give each a name of its own");
      }
    }
    int pairs = sweeps.size() * (sweeps.size() - 1) / 2;
    double verdictConfidence = 1 - (1 - confidence) / pairs;
    List<SweepPair> compared = new ArrayList<>();
    for (int i = 0; i < sweeps.size(); i++) {
      for (int j = i + 1; j < sweeps.size(); j++) {
        compared.add(
            new PairComparer(sweeps.get(i), sweeps.get(j), confidence, verdictConfidence).pair());
      }
    }
    return new Comparison(
        sweeps.stream().map(ComparedSweep::name).toList(), confidence, verdictConfidence, compared);
  }
}
