package dev.isoflop.operator.timing;

import org.jspecify.annotations.Nullable;

/** A launch window that cannot be read. */
public final class BadWindowException extends Exception {
  private static final long serialVersionUID = 1;

  private final String field;
  private final String problem;
  private final String remedy;

  BadWindowException(String field, String problem, String remedy, @Nullable Throwable cause) {
    super("spec." + field + ": " + problem + "; " + remedy, cause);
    this.field = field;
    this.problem = problem;
    this.remedy = remedy;
  }

  /** Path of the field in the manifest. */
  public String field() {
    return field;
  }

  /** The value, and what is wrong with it. */
  public String problem() {
    return problem;
  }

  /** The change that removes the error. */
  public String remedy() {
    return remedy;
  }
}
