package dev.isoflop.operator.local.store;

import dev.isoflop.text.ShownText;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * This machine stands in the way of the sweep. The message names the path, what is wrong with it,
 * and the way out; it needs no stack trace.
 */
public final class LocalFaultException extends Exception {
  private static final long serialVersionUID = 1;

  public LocalFaultException(String message) {
    this(message, null);
  }

  public LocalFaultException(String message, @Nullable Throwable cause) {
    super(ShownText.message(message), cause);
  }

  /** A file or folder could not be written. */
  public static LocalFaultException writing(Path path, IOException cause) {
    return about(path, "cannot be written", cause);
  }

  /** A file or folder could not be read. */
  public static LocalFaultException reading(Path path, IOException cause) {
    return about(path, "cannot be read", cause);
  }

  private static LocalFaultException about(Path path, String what, IOException cause) {
    return new LocalFaultException(
        "%s: %s: %s; %s".formatted(path, what, problem(cause), remedy(cause)), cause);
  }

  /** The system's words for a failure, without the path that the caller has named already. */
  public static String problem(IOException cause) {
    if (cause instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (cause instanceof NoSuchFileException) {
      return "no such file or folder";
    }
    if (cause instanceof FileAlreadyExistsException || cause instanceof NotDirectoryException) {
      return "something else stands where a folder must be";
    }
    String reason =
        cause instanceof FileSystemException system ? system.getReason() : cause.getMessage();
    return reason == null ? cause.getClass().getSimpleName() : reason;
  }

  private static String remedy(IOException cause) {
    String problem = problem(cause).toLowerCase(Locale.ROOT);
    if (problem.contains("no space") || problem.contains("quota")) {
      return "make room on its disk and run the same command again, finished trials are kept";
    }
    if (problem.contains("permission") || problem.contains("read-only")) {
      return "allow writing there or choose another folder for the runs";
    }
    if (problem.contains("folder must be") || problem.contains("not a directory")) {
      return "move it away or choose another folder for the runs";
    }
    if (problem.contains("is a directory")) {
      return "move that folder away and run the same command again";
    }
    return "check the path and its disk, then run the same command again";
  }
}
