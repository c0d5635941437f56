package dev.isoflop.operator.gpu;

import org.jspecify.annotations.Nullable;

/**
 * GPUs or their libraries cannot be used as asked. The message names what was met and the way out.
 */
public final class GpuException extends Exception {
  private static final long serialVersionUID = 1L;

  GpuException(String problem, String remedy) {
    this(problem, remedy, null);
  }

  GpuException(String problem, String remedy, @Nullable Throwable cause) {
    super(problem + "; " + remedy, cause);
  }

  /** The message, which every one has. */
  public String message() {
    return String.valueOf(getMessage());
  }
}
