package dev.isoflop.laws.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.laws.data.LawQuantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EqualComputeSummaryTest {

  /** The winner of each pair in order, {@code -} where the two cannot be told apart. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a b | b | At equal compute, b reaches a lower loss than a.",
        "a b | - | At equal compute, it cannot be told whether a or b reaches the lower loss.",
        "a b c | b c b | At equal compute, b reaches the lowest loss, then c, then a.",
        "a b c | - - - | At equal compute, no two of the 3 sweeps can be told apart by their loss.",
        "a b c | a a - | At equal compute, a reaches the lowest loss; 1 of 3 pairs cannot be told"
            + " apart.",
        "a b c | - c - | At equal compute, c reaches a lower loss than a; 2 of 3 pairs cannot be"
            + " told apart.",
        "a b c | a c b | At equal compute, a reaches a lower loss than b; b reaches a lower loss"
            + " than c; c reaches a lower loss than a.",
        "a b c d e | a a a a b b b c c d | At equal compute, a reaches the lowest loss, then b,"
            + " then c, then d, then e."
      })
  void saysInOneSentenceWhoIsBetter(String sweeps, String winners, String sentence) {
    assertThat(EqualComputeSummary.of(comparison(sweeps.split(" "), winners.split(" "))))
        .isEqualTo(sentence);
  }

  @ParameterizedTest
  @CsvSource({"8", "20"})
  void manySweepsAreCountedNotNamed(int count) {
    String[] sweeps = new String[count];
    List<String> winners = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      sweeps[i] = "s" + i;
      for (int j = i + 1; j < count; j++) {
        winners.add("s" + i);
      }
    }

    assertThat(EqualComputeSummary.of(comparison(sweeps, winners.toArray(String[]::new))))
        .isEqualTo(
            "At equal compute, s0 reaches the lowest loss, then s1, then s2, then s3, then s4,"
                + " then "
                + (count - 5)
                + " more.");
  }

  private static Comparison comparison(String[] sweeps, String[] winners) {
    List<SweepPair> pairs = new ArrayList<>();
    for (int i = 0; i < sweeps.length; i++) {
      for (int j = i + 1; j < sweeps.length; j++) {
        String winner = winners[pairs.size()];
        Verdict verdict =
            winner.equals("-")
                ? new Verdict.CannotTell("", "too close")
                : new Verdict.Better(winner, "a ratio");
        pairs.add(
            new SweepPair(
                sweeps[i],
                sweeps[j],
                List.of(),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(new RuleVerdict(ComparisonRule.EQUAL_COMPUTE, LawQuantity.LOSS, verdict)),
                List.of()));
      }
    }
    return new Comparison(List.of(sweeps), 0.95, 0.99, pairs);
  }
}
