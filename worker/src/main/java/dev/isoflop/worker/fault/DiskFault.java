package dev.isoflop.worker.fault;

import dev.isoflop.trial.OutcomeReason;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Tells what a failed file operation means: a full disk, a folder that may not be written, a volume
 * that is gone. Java has no types for most of them, only the system's words (strerror of ENOSPC,
 * EDQUOT, EROFS, EACCES, EIO, ESTALE and their like). None of them is the trial's fault.
 */
public final class DiskFault {
  private static final Pattern FULL = Pattern.compile("no space left|quota exceeded");
  private static final Pattern NOT_WRITABLE =
      Pattern.compile(
          "permission denied|operation not permitted|read-only file system|symbolic link");
  private static final Pattern UNAVAILABLE =
      Pattern.compile(
          "input/output error|i/o error|stale file handle|stale nfs|no such device"
              + "|not connected|connection timed out|host is down|no route to host"
              + "|connection reset|no locks available|no such file or directory"
              + "|device not configured|structure needs cleaning");

  /** What of the disk is at fault. */
  private enum Trouble {
    Full(OutcomeReason.DiskFull),
    NotWritable(OutcomeReason.FolderNotWritable),
    Unavailable(OutcomeReason.StorageUnavailable);

    private final OutcomeReason reason;

    Trouble(OutcomeReason reason) {
      this.reason = reason;
    }
  }

  private DiskFault() {}

  /**
   * The fault for a failed file operation; another attempt may succeed.
   *
   * @param doing what was under way, with the path
   */
  public static TrialFault of(IOException cause, String doing) {
    Optional<Trouble> trouble = trouble(cause);
    return TrialFault.passing(
        trouble.map(known -> known.reason).orElse(OutcomeReason.Crashed),
        doing
            + ": "
            + trouble
                .map(known -> explanation(known, cause))
                .orElseGet(() -> cause + "; check the volume and start again"),
        cause);
  }

  /** The fault behind an exception of whatever kind; empty if no file operation failed so. */
  public static Optional<TrialFault> behind(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
        .filter(IOException.class::isInstance)
        .map(IOException.class::cast)
        .filter(cause -> trouble(cause).isPresent())
        .findFirst()
        .map(cause -> of(cause, "using the disk"));
  }

  /** Whether a full disk is behind an exception. */
  static boolean isFull(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
        .anyMatch(
            cause ->
                cause instanceof IOException io
                    && trouble(io).filter(Trouble.Full::equals).isPresent());
  }

  private static String explanation(Trouble trouble, IOException cause) {
    return switch (trouble) {
      case Full ->
          "the disk is full (%s); free some space or enlarge the volume, nothing computed before is lost"
              .formatted(cause.getMessage());
      case NotWritable ->
          "it may not be written (%s)%s"
              .formatted(said(cause), Owner.remedy(path(cause)).map("; "::concat).orElse(""));
      case Unavailable ->
          "its volume does not answer as it should (%s); check the volume and its server, nothing computed before is lost"
              .formatted(said(cause));
    };
  }

  private static Optional<Trouble> trouble(IOException cause) {
    String message = said(cause).toLowerCase(Locale.ROOT);
    if (FULL.matcher(message).find()) {
      return Optional.of(Trouble.Full);
    }
    if (cause instanceof AccessDeniedException
        || cause.getCause() instanceof ReadOnlyFileSystemException
        || NOT_WRITABLE.matcher(message).find()) {
      return Optional.of(Trouble.NotWritable);
    }
    return cause instanceof NoSuchFileException || UNAVAILABLE.matcher(message).find()
        ? Optional.of(Trouble.Unavailable)
        : Optional.empty();
  }

  /** The system's words; two of its errors have types of their own in Java, which say the path. */
  private static String said(IOException cause) {
    String suffix =
        cause instanceof AccessDeniedException
            ? ": Permission denied"
            : cause instanceof NoSuchFileException ? ": No such file or directory" : "";
    return cause.getMessage() + suffix;
  }

  private static Optional<Path> path(IOException cause) {
    return cause instanceof FileSystemException system && system.getFile() != null
        ? Optional.of(Path.of(system.getFile()))
        : Optional.empty();
  }
}
