package dev.isoflop.trial;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * One line of what a worker says while it looks at data: how far it is, or at the end, once, what
 * it found.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DataCheckMessage(@Nullable Progress progress, @Nullable DataCheckReport report) {

  /**
   * Progress of reading every sample.
   *
   * @param set its name
   * @param samples read so far, of all sets
   * @param broken of them
   * @param share of all bytes or samples that is read, 0 to 1, as far as it can be told
   */
  public record Progress(String set, long samples, long broken, double share) {}

  /** A line of progress. */
  public static DataCheckMessage of(Progress progress) {
    return new DataCheckMessage(progress, null);
  }

  /** The last line. */
  public static DataCheckMessage of(DataCheckReport report) {
    return new DataCheckMessage(null, report);
  }
}
