package dev.isoflop.worker.data;

import static java.util.Objects.requireNonNull;

import dev.isoflop.worker.data.DataException.Kind;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The samples that a trial leaves out because they are broken, at most so many of each set. Which
 * they are is a property of the files, and what takes their place of the order of the others, so
 * neither depends on batches, threads, or where a run was resumed. Safe for use by threads.
 */
public final class BrokenSamples {
  /**
   * A sample that is left out.
   *
   * @param field the setting of its set
   * @param where it is: file and entry
   */
  public record Left(String field, String where, String problem) {}

  /** Keeps for good what is left out, so that it is known after a restart. */
  @FunctionalInterface
  public interface Journal {
    void add(Left left) throws DataException;
  }

  /** Makes one example out of several. */
  @FunctionalInterface
  public interface Attempt {
    Example decode(int index) throws DataException;
  }

  private final int most;
  private final Journal journal;
  private final Map<String, Set<String>> left = new HashMap<>();

  /**
   * Samples that are left out.
   *
   * @param most of each set
   * @param known from the journal of earlier attempts
   */
  public BrokenSamples(int most, Collection<Left> known, Journal journal) {
    this.most = most;
    this.journal = requireNonNull(journal, "journal");
    known.forEach(each -> of(each.field()).add(each.where()));
  }

  /** None: the first broken sample is an error. */
  public static BrokenSamples none() {
    return new BrokenSamples(0, Set.of(), broken -> {});
  }

  /** Whether any may be left out. */
  public boolean areBorne() {
    return most > 0;
  }

  /** Whether so many of one set may be left out. */
  public boolean allow(long samples) {
    return samples <= most;
  }

  /** How many were left out, of all sets together. */
  public synchronized long count() {
    return left.values().stream().mapToLong(Set::size).sum();
  }

  /** How many were left out of each set that any were left out of, by the set's setting. */
  public synchronized SortedMap<String, Long> counts() {
    SortedMap<String, Long> counts = new TreeMap<>();
    left.forEach(
        (field, samples) -> {
          if (!samples.isEmpty()) {
            counts.put(field, (long) samples.size());
          }
        });
    return counts;
  }

  /**
   * The example at a place, or the next one that can be made, from the first again after the last.
   *
   * @param field the setting of the set
   * @param count places there are
   */
  public Example firstWhole(String field, int count, int start, Attempt attempt)
      throws DataException {
    if (!areBorne()) {
      return attempt.decode(start);
    }
    for (int i = 0; i < count; i++) {
      try {
        return attempt.decode((start + i) % count);
      } catch (DataException e) {
        leaveOut(field, e);
      }
    }
    throw new DataException(
        Kind.Corrupt,
        field,
        "none of %d samples can be used".formatted(count),
        "\"isoflop data check\" lists them");
  }

  /**
   * Counts a sample that cannot be made.
   *
   * @throws DataException if it may not be left out: none may, too many are, or the disk failed and
   *     not the sample
   */
  public synchronized void leaveOut(String field, DataException fault) throws DataException {
    if (!areBorne() || fault.retryable()) {
      throw fault;
    }
    Set<String> known = of(field);
    if (!known.add(fault.where().replaceAll("\\p{Cntrl}", " "))) { // as a journal keeps it
      return;
    }
    if (known.size() > most) {
      throw new DataException(
          Kind.Corrupt,
          field,
          "%d samples are broken, and scheduling.failures.brokenSamples allows %d; the last is %s: %s"
              .formatted(known.size(), most, fault.where(), fault.problem()),
          "\"isoflop data check\" lists all of them; fix them, or allow more",
          fault);
    }
    journal.add(new Left(field, fault.where(), fault.problem()));
  }

  private synchronized Set<String> of(String field) {
    return left.computeIfAbsent(field, set -> new HashSet<>());
  }
}
