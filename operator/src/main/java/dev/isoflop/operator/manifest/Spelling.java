package dev.isoflop.operator.manifest;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what was meant by a misspelled name. */
public final class Spelling {
  private Spelling() {}

  /** The known name that takes the fewest edits, if they are few for its length. */
  public static Optional<String> nearest(String name, Collection<String> known) {
    return known.stream()
        .filter(candidate -> distance(name, candidate) <= 1 + candidate.length() / 4)
        .min(
            Comparator.comparingInt((String candidate) -> distance(name, candidate))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** Levenshtein's distance, letter case aside. */
  private static int distance(String left, String right) {
    String a = left.toLowerCase(Locale.ROOT);
    String b = right.toLowerCase(Locale.ROOT);
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substitution = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substitution, 1 + Math.min(row[j - 1], row[j]));
      }
    }
    return row[b.length()];
  }
}
