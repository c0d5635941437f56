package dev.isoflop.operator.dataset;

import org.jspecify.annotations.Nullable;

/** A data set that could not be made. The message names what was met and the way out. */
public final class DatasetException extends Exception {
  private static final long serialVersionUID = 1L;

  DatasetException(String problem, String remedy) {
    this(problem, remedy, null);
  }

  DatasetException(String problem, String remedy, @Nullable Throwable cause) {
    super(problem + "; " + remedy, cause);
  }
}
