package dev.isoflop.trial;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a worker found of a sweep's data.
 *
 * @param sets in the order of the manifest: the training set, then those of evaluation
 * @param problems of settings, encoders, or sets together, that no trial could begin with
 */
public record DataCheckReport(List<SetReport> sets, List<Problem> problems) {
  /** Broken samples that a report lists of each set; it counts the others. */
  public static final int LISTED = 100;

  public DataCheckReport {
    sets = sets == null ? List.of() : List.copyOf(sets);
    problems = problems == null ? List.of() : List.copyOf(problems);
  }

  /**
   * Something that stands against every trial.
   *
   * @param message names the setting or file, the problem and the way out
   * @param passing whether the same data may be readable later without anyone changing anything
   */
  public record Problem(String message, boolean passing) {}

  /**
   * A sample, or a whole file, that cannot be used.
   *
   * @param where setting, file and entry
   * @param problem what is wrong, and the way out
   */
  public record Broken(String where, String problem) {}

  /**
   * One set.
   *
   * @param field such as {@code data.train}
   * @param samples that were read; absent where only the first was, or where samples are drawn
   * @param broken the first of them in stored order, at most {@link #LISTED}
   * @param brokenSamples all of them, a file that could not be read to its end being one
   * @param notes what is worth knowing and stands against nothing
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record SetReport(
      String field,
      String name,
      String uri,
      @Nullable Long samples,
      List<Broken> broken,
      long brokenSamples,
      List<String> notes) {
    public SetReport {
      broken = broken == null ? List.of() : List.copyOf(broken);
      notes = notes == null ? List.of() : List.copyOf(notes);
    }
  }

  /** Broken samples of all sets. */
  @JsonIgnore
  public long brokenSamples() {
    return sets.stream().mapToLong(SetReport::brokenSamples).sum();
  }

  /** Whether nothing is wrong. */
  @JsonIgnore
  public boolean isWhole() {
    return problems.isEmpty() && brokenSamples() == 0;
  }
}
