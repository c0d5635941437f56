package dev.isoflop.trial;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Findings of a worker about a sweep's data.
 *
 * @param brokenSamplesAllowed of each set, by {@code scheduling.failures.brokenSamples}
 * @param sets in the order of the manifest: the training set, then those of evaluation
 * @param problems of settings, encoders, or sets together, that no trial could begin with
 */
public record DataCheckReport(
    int brokenSamplesAllowed, List<SetReport> sets, List<Problem> problems) {
  /** Broken samples and damaged files that a report lists of each set; it counts the others. */
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
   * @param samples that were read, whole and broken; absent where only the first was, where not
   *     every file could be read, or where samples are drawn
   * @param broken the first samples that cannot be used, in stored order, at most {@link #LISTED}
   * @param brokenSamples all of them
   * @param damaged the first files that cannot be read to their end, so that nobody knows what
   *     stands behind the damage; at most {@link #LISTED}
   * @param damagedFiles all of them
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
      List<Broken> damaged,
      long damagedFiles,
      List<String> notes) {
    public SetReport {
      broken = broken == null ? List.of() : List.copyOf(broken);
      damaged = damaged == null ? List.of() : List.copyOf(damaged);
      notes = notes == null ? List.of() : List.copyOf(notes);
    }
  }

  /** Broken samples of the set that has most of them. */
  @JsonIgnore
  public long mostBroken() {
    return sets.stream().mapToLong(SetReport::brokenSamples).max().orElse(0);
  }

  /** Damaged files of all sets. */
  @JsonIgnore
  public long damagedFiles() {
    return sets.stream().mapToLong(SetReport::damagedFiles).sum();
  }

  /** Whether nothing is wrong, or no more than the manifest allows for. */
  @JsonIgnore
  public boolean isUsable() {
    return problems.isEmpty() && damagedFiles() == 0 && mostBroken() <= brokenSamplesAllowed;
  }
}
