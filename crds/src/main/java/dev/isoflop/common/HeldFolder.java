package dev.isoflop.common;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A folder that is held open, with its files named relative to it. No symbolic link is followed,
 * neither for the folder nor for what is in it, also not one that somebody puts there between a
 * look and the use that follows (openat with O_NOFOLLOW). Where Java cannot hold folders open, as
 * on macOS, links are looked for before each use.
 *
 * <p>Folders made here may be used by their owner, by their group as far as the umask lets it, and
 * by no others.
 */
public final class HeldFolder implements AutoCloseable {
  private static final Set<PosixFilePermission> GROUP =
      PosixFilePermissions.fromString("rwxrwx---");

  private static final String MODE = "unix:mode";
  private static final int SETGID = 02000;
  private static final int GROUP_MODE = 0770;
  private static final int OWNER_MODE = 0700;

  private final Path path;
  private final @Nullable SecureDirectoryStream<Path> held;

  private boolean isNew;

  private HeldFolder(Path path, @Nullable SecureDirectoryStream<Path> held) {
    this.path = path;
    this.held = held;
  }

  /** Writes the content of a file. */
  @FunctionalInterface
  public interface Content {
    void writeTo(FileChannel channel) throws IOException;
  }

  /**
   * Holds a folder. Links above it are followed, where they are its user's own arrangement.
   *
   * @throws NoSuchFileException if it is not there
   * @throws FileSystemException if it is a symbolic link, or no folder
   */
  public static HeldFolder open(Path folder) throws IOException {
    Path absolute = folder.toAbsolutePath().normalize();
    Path parent = absolute.getParent();
    if (parent == null) {
      return hold(absolute);
    }
    try (HeldFolder above = hold(parent)) {
      return above.folder(name(absolute));
    }
  }

  /** Makes a folder, and those above it, where they are not there, and holds it. */
  public static HeldFolder make(Path folder) throws IOException {
    Path absolute = folder.toAbsolutePath().normalize();
    Path parent = absolute.getParent();
    if (parent != null && !Files.isDirectory(parent)) {
      make(parent).close();
    }
    if (parent == null || Files.isDirectory(absolute, LinkOption.NOFOLLOW_LINKS)) {
      return open(absolute);
    }
    try (HeldFolder above = hold(parent)) {
      return above.makeFolder(name(absolute));
    }
  }

  /** Links are followed. */
  private static HeldFolder hold(Path path) throws IOException {
    return held(path, path.getFileSystem().provider().newDirectoryStream(path, entry -> true));
  }

  private static HeldFolder held(Path path, DirectoryStream<Path> stream) throws IOException {
    if (stream instanceof SecureDirectoryStream<Path> secure) {
      return new HeldFolder(path, secure);
    }
    stream.close();
    return new HeldFolder(path, null);
  }

  private static String name(Path path) {
    return requireNonNull(path.getFileName(), "only a root has no name").toString();
  }

  /** The folder's path when it was opened, for messages. */
  public Path path() {
    return path;
  }

  /** Holds a folder in this one. */
  public HeldFolder folder(String name) throws IOException {
    Path at = path.resolve(name);
    refuseLink(name);
    return held == null
        ? hold(at)
        : held(at, held.newDirectoryStream(Path.of(name), LinkOption.NOFOLLOW_LINKS));
  }

  /** Makes a folder in this one, unless it is there, and holds it. */
  public HeldFolder makeFolder(String name) throws IOException {
    boolean made = false;
    try {
      // Java has no mkdirat; what was made is opened safely
      Files.createDirectory(path.resolve(name), PosixFilePermissions.asFileAttribute(GROUP));
      made = true;
    } catch (FileAlreadyExistsException e) {
      // looked at below
    }
    HeldFolder folder = folder(name);
    folder.isNew = made;
    return folder;
  }

  /** Whether {@link #makeFolder} made it, rather than finding it. */
  public boolean isNew() {
    return isNew;
  }

  /**
   * Gives the group all that the owner may do, whatever the umask, and others nothing. That new
   * files belong to the folder's group (setgid), as Kubernetes has it on volumes with an fsGroup,
   * stays so. Volumes that decide about rights themselves, as SMB shares do, are left to it.
   */
  public void giveToGroup() throws IOException {
    try {
      int mode = mode();
      if ((mode & SETGID) != 0) {
        // PosixFileAttributeView knows nothing of setgid, and would take it away
        Files.setAttribute(path, MODE, SETGID | GROUP_MODE, LinkOption.NOFOLLOW_LINKS);
      } else if (held != null) {
        held.getFileAttributeView(PosixFileAttributeView.class).setPermissions(GROUP);
      } else {
        Files.setAttribute(path, MODE, GROUP_MODE, LinkOption.NOFOLLOW_LINKS);
      }
    } catch (FileSystemException e) {
      if ((mode() & OWNER_MODE) != OWNER_MODE) {
        throw e;
      }
    }
  }

  private int mode() throws IOException {
    return (int) Files.getAttribute(path, MODE, LinkOption.NOFOLLOW_LINKS);
  }

  /** A readable error in place of the system's words; opening refuses links by itself. */
  private void refuseLink(String name) throws IOException {
    Path at = path.resolve(name);
    if (Files.isSymbolicLink(at)) {
      throw new FileSystemException(
          at.toString(), null, "is a symbolic link, which is not followed; remove it");
    }
  }

  /** Opens a file; the caller closes it. */
  public FileChannel open(String name, OpenOption... options) throws IOException {
    return open(name, Set.of(options));
  }

  private FileChannel open(
      String name, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    refuseLink(name);
    Set<OpenOption> all = new HashSet<>(options);
    all.add(LinkOption.NOFOLLOW_LINKS);
    return held == null
        ? FileChannel.open(path.resolve(name), all, attributes)
        : (FileChannel) held.newByteChannel(Path.of(name), all, attributes); // the JDK's always is
  }

  /**
   * Replaces a file by some bytes, as {@link #replace(String, String, boolean, Content,
   * FileAttribute...)} does.
   */
  public void replace(String name, String suffix, boolean durable, byte[] bytes)
      throws IOException {
    replace(name, suffix, durable, channel -> writeAll(channel, ByteBuffer.wrap(bytes)));
  }

  /** Writes all that remains of a buffer, in as many parts as the system takes it. */
  public static void writeAll(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /**
   * Replaces a file so that, whenever the machine stops, either the old or the new one is there.
   *
   * @param suffix of the file's name while it is written; what has that name is removed
   * @param durable whether the new one is on the disk when this returns
   * @param attributes of the new one, such as who may read it
   */
  public void replace(
      String name, String suffix, boolean durable, Content content, FileAttribute<?>... attributes)
      throws IOException {
    String unfinished = name + suffix;
    try {
      deleteFileOrLink(unfinished);
      try (FileChannel channel =
          open(
              unfinished,
              Set.of(
                  StandardOpenOption.CREATE,
                  StandardOpenOption.TRUNCATE_EXISTING,
                  StandardOpenOption.WRITE),
              attributes)) {
        content.writeTo(channel);
        if (durable) {
          channel.force(true);
        }
      }
      if (held == null) {
        Files.move(path.resolve(unfinished), path.resolve(name), StandardCopyOption.ATOMIC_MOVE);
      } else {
        held.move(Path.of(unfinished), held, Path.of(name));
      }
    } finally {
      delete(unfinished);
    }
    if (durable) {
      try (FileChannel folder = FileChannel.open(path, StandardOpenOption.READ)) {
        folder.force(true); // the rename itself must survive, too
      }
    }
  }

  /** A file may have other names elsewhere, by hard links; pipes and devices are what they are. */
  private void deleteFileOrLink(String name) throws IOException {
    Path at = path.resolve(name);
    if (Files.isSymbolicLink(at) || Files.isRegularFile(at, LinkOption.NOFOLLOW_LINKS)) {
      delete(name);
    }
  }

  /** Removes a file, or a link itself, if it is there. */
  public void delete(String name) throws IOException {
    try {
      if (held == null) {
        Files.delete(path.resolve(name));
      } else {
        held.deleteFile(Path.of(name));
      }
    } catch (NoSuchFileException e) {
      // as asked for
    }
  }

  /** The names of all that is in it. */
  public List<String> names() throws IOException {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> entries =
        held == null
            ? Files.newDirectoryStream(path)
            : held.newDirectoryStream(Path.of("."), LinkOption.NOFOLLOW_LINKS)) {
      entries.forEach(entry -> names.add(name(entry)));
    }
    return names;
  }

  @Override
  public void close() throws IOException {
    if (held != null) {
      held.close();
    }
  }
}
