package dev.isoflop.worker.data;

import static java.util.Objects.requireNonNull;

import dev.isoflop.rules.BrokenRule;
import dev.isoflop.text.ShownText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Data that cannot be used. The message names where it was met, what was found, and the way out; it
 * is {@linkplain ShownText#message fit to be shown} whatever stands in the data and its URIs.
 *
 * <p>Corrupt content is always an error: a sample that is skipped in silence changes the order of
 * all later ones and with it what every trial has seen.
 */
public final class DataException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Kind of fault, as far as it matters for what happens next. */
  public enum Kind {
    /** A setting has a value that can never work. */
    Setting(false),
    /** A file that the settings name is not there. */
    Missing(false),
    /** A file is there but its content is not what its format asks for. */
    Corrupt(false),
    /** Content goes over a bound that protects the process. */
    TooLarge(false),
    /** There are fewer examples than needed. */
    TooFew(false),
    /** Reading failed for a reason outside the content: a lost mount, a disk error. */
    Unreadable(true);

    private final boolean retryable;

    Kind(boolean retryable) {
      this.retryable = retryable;
    }
  }

  private final Kind kind;
  private final String where;
  private final String problem;

  /**
   * A fault with no other one behind it.
   *
   * @param where the field, file or entry
   * @param problem what was found there, with the value
   * @param remedy what to do about it
   */
  public DataException(Kind kind, String where, String problem, String remedy) {
    this(kind, where, problem, remedy, null);
  }

  /** As the other constructor, keeping what led to it. */
  public DataException(
      Kind kind, String where, String problem, String remedy, @Nullable Throwable cause) {
    super(ShownText.message(where + ": " + problem + "; " + remedy), cause);
    this.kind = requireNonNull(kind, "kind");
    this.where = ShownText.message(where);
    this.problem = ShownText.message(problem + "; " + remedy);
  }

  /** Throws if a rule on the settings is broken. */
  public static void requireNone(List<BrokenRule> broken) throws DataException {
    if (!broken.isEmpty()) {
      BrokenRule first = broken.get(0);
      throw new DataException(Kind.Setting, first.field(), first.problem(), first.remedy());
    }
  }

  /** The field, file or entry. */
  public String where() {
    return where;
  }

  /** The problem and the way out. */
  public String problem() {
    return problem;
  }

  public Kind kind() {
    return kind;
  }

  /** Whether the same request may succeed later without anyone changing anything. */
  public boolean retryable() {
    return kind.retryable;
  }
}
