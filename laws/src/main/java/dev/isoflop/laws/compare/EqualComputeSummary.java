package dev.isoflop.laws.compare;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which of several sweeps reaches the lower loss at equal compute, in one sentence. */
public final class EqualComputeSummary {

  /** Sweeps beyond these are counted, not named, so that the sentence stays one. */
  private static final int NAMED = 4;

  private final Comparison comparison;

  /** The sweeps that each was found better than, and how many pairs were not told apart. */
  private final Map<String, Set<String>> worse = new LinkedHashMap<>();

  private int open;

  private EqualComputeSummary(Comparison comparison) {
    this.comparison = comparison;
    comparison.sweeps().forEach(sweep -> worse.put(sweep, new HashSet<>()));
    for (SweepPair pair : comparison.pairs()) {
      Verdict verdict = verdict(pair);
      if (verdict instanceof Verdict.Better better) {
        String other = better.sweep().equals(pair.first()) ? pair.second() : pair.first();
        worse.computeIfAbsent(better.sweep(), name -> new HashSet<>()).add(other);
      } else {
        open++;
      }
    }
  }

  /** The verdict of a pair at equal compute. */
  public static Verdict verdict(SweepPair pair) {
    return pair.readings().stream()
        .filter(reading -> reading.rule() == ComparisonRule.EQUAL_COMPUTE)
        .map(RuleVerdict::verdict)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "no verdict on %s and %s".formatted(pair.first(), pair.second())));
  }

  /** The sentence. */
  public static String of(Comparison comparison) {
    return new EqualComputeSummary(comparison).sentence();
  }

  private String sentence() {
    List<String> sweeps = comparison.sweeps();
    List<String> ranked = new ArrayList<>(sweeps);
    ranked.sort((a, b) -> Integer.compare(beaten(b).size(), beaten(a).size()));
    String best = ranked.get(0);
    if (beaten(best).isEmpty()) {
      return sweeps.size() == 2
          ? "At equal compute, it cannot be told whether %s or %s reaches the lower loss."
              .formatted(sweeps.get(0), sweeps.get(1))
          : "At equal compute, no two of the %d sweeps can be told apart by their loss."
              .formatted(sweeps.size());
    }
    if (sweeps.size() == 2) {
      return "At equal compute, %s reaches a lower loss than %s.".formatted(best, ranked.get(1));
    }
    if (open == 0 && isOrder(ranked)) {
      return "At equal compute, %s reaches the lowest loss, then %s."
          .formatted(best, named(ranked.subList(1, ranked.size()), ", then "));
    }
    List<String> parts = new ArrayList<>();
    for (String sweep : ranked) {
      if (!beaten(sweep).isEmpty()) {
        List<String> beaten = sweeps.stream().filter(beaten(sweep)::contains).toList();
        parts.add(
            beaten.size() == sweeps.size() - 1
                ? sweep + " reaches the lowest loss"
                : "%s reaches a lower loss than %s".formatted(sweep, named(beaten, ", ")));
      }
    }
    return "At equal compute, %s%s."
        .formatted(
            named(parts, "; "),
            open == 0
                ? ""
                : "; %d of %d pairs cannot be told apart"
                    .formatted(open, comparison.pairs().size()));
  }

  /** The sweeps that one is better than. */
  private Set<String> beaten(String sweep) {
    return worse.getOrDefault(sweep, Set.of());
  }

  /** Whether each sweep beats all that follow. */
  private boolean isOrder(List<String> ranked) {
    for (int i = 0; i < ranked.size(); i++) {
      if (!beaten(ranked.get(i)).equals(Set.copyOf(ranked.subList(i + 1, ranked.size())))) {
        return false;
      }
    }
    return true;
  }

  private static String named(List<String> items, String between) {
    return items.size() <= NAMED
        ? String.join(between, items)
        : String.join(between, items.subList(0, NAMED))
            + between
            + (items.size() - NAMED)
            + " more";
  }
}
