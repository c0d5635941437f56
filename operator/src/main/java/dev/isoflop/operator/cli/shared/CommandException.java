package dev.isoflop.operator.cli.shared;

import dev.isoflop.operator.local.store.LocalFaultException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ends a command with messages for its user, who needs no stack trace to understand them. */
public final class CommandException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int exitStatus;
  private final transient List<String> messages;
  private final transient List<String> hints;

  public CommandException(int exitStatus, List<String> messages, @Nullable Throwable cause) {
    this(exitStatus, messages, List.of(), cause);
  }

  /**
   * @param hints ways out that hold for several messages, told once after them
   */
  public CommandException(
      int exitStatus, List<String> messages, List<String> hints, @Nullable Throwable cause) {
    super(String.join("\n", messages), cause);
    this.exitStatus = exitStatus;
    this.messages = List.copyOf(messages);
    this.hints = List.copyOf(hints);
  }

  /** Input that cannot be used: each message names the place, the value and the way out. */
  public static CommandException badInput(List<String> messages, Throwable cause) {
    return new CommandException(ExitStatus.BAD_INPUT, messages, cause);
  }

  /** Input that cannot be used, in one message for each reason. */
  public static CommandException badInput(List<String> messages) {
    return new CommandException(ExitStatus.BAD_INPUT, messages, null);
  }

  /** Input that cannot be used. */
  public static CommandException badInput(String message) {
    return new CommandException(ExitStatus.BAD_INPUT, List.of(message), null);
  }

  /** A command that could not do what it is for, with input that is right in itself. */
  public static CommandException failed(List<String> messages) {
    return new CommandException(ExitStatus.FAILED, messages, null);
  }

  /**
   * A file or folder that cannot be written: the command's mistake where there is no such folder,
   * else the machine's, such as a full disk.
   */
  public static CommandException unwritable(Path path, IOException cause) {
    boolean misnamed = cause instanceof NoSuchFileException;
    return new CommandException(
        misnamed ? ExitStatus.BAD_INPUT : ExitStatus.TRY_AGAIN,
        List.of(
            "%s: cannot be written: %s; %s"
                .formatted(
                    path,
                    LocalFaultException.problem(cause),
                    misnamed
                        ? "name one in a folder that exists"
                        : "make room or allow writing there, or name another place")),
        cause);
  }

  public int exitStatus() {
    return exitStatus;
  }

  public List<String> messages() {
    return messages;
  }

  public List<String> hints() {
    return hints;
  }
}
