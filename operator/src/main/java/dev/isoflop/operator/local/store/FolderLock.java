package dev.isoflop.operator.local.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a second process out of a folder. The system releases the lock when its holder ends, in
 * whatever way, so a lock is never stale; the holder's process id in the file is for people.
 */
public final class FolderLock implements AutoCloseable {
  private final FileChannel channel;

  private FolderLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the lock, or says who has it. A symbolic link in its place is not followed: what it leads
   * to would be emptied.
   */
  public static FolderLock acquire(Path file) throws LocalFaultException {
    try {
      FileChannel channel =
          FileChannel.open(
              file,
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              LinkOption.NOFOLLOW_LINKS);
      try {
        if (tryLock(channel) == null) {
          throw new LocalFaultException(
              "%s: another run of this folder is going on%s"
                  .formatted(file.toAbsolutePath().getParent(), holder(file)));
        }
        channel.truncate(0);
        channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(UTF_8)), 0);
        return new FolderLock(channel);
      } catch (IOException | LocalFaultException e) {
        channel.close();
        throw e;
      }
    } catch (IOException e) {
      throw LocalFaultException.writing(file, e);
    }
  }

  /** Whether some process holds the lock of this file at the moment. */
  public static boolean isHeld(Path file) throws IOException {
    if (!Files.exists(file)) {
      return false;
    }
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
      return tryLock(channel) == null;
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException heldByThisProcess) {
      return null;
    }
  }

  private static String holder(Path file) throws IOException {
    String content = Files.readString(file, UTF_8).strip();
    return content.matches("\\d{1,10}")
        ? ", by process %s; wait for it, or stop it with Ctrl-C or kill %s"
            .formatted(content, content)
        : "; wait for it or stop it with Ctrl-C";
  }

  @Override
  public void close() throws LocalFaultException {
    try {
      channel.truncate(0);
      channel.close();
    } catch (IOException e) {
      throw new LocalFaultException("the lock cannot be released: " + e.getMessage(), e);
    }
  }
}
