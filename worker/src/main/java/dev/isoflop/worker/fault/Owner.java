package dev.isoflop.worker.fault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Who owns a folder and who this process is, as numbers: what a refused write comes down to. */
final class Owner {
  /** A file system object's owner and mode. */
  private record Identity(int user, int group, int mode) {
    static Identity of(Path path) throws IOException {
      Map<String, Object> found =
          Files.readAttributes(path, "unix:uid,gid,mode", LinkOption.NOFOLLOW_LINKS);
      return new Identity(number(found, "uid"), number(found, "gid"), number(found, "mode"));
    }

    private static int number(Map<String, Object> found, String name) {
      return found.get(name) instanceof Integer number ? number : -1;
    }
  }

  private static final Pattern BLANKS = Pattern.compile("\\s+");

  private Owner() {}

  /**
   * What to do about a path that may not be written; empty where the system does not tell owners.
   *
   * @param path of the file or folder; where it does not exist, the folder that it would lie in
   *     counts
   */
  static Optional<String> remedy(Optional<Path> path) {
    @Nullable Path existing = path.map(Path::toAbsolutePath).orElse(null);
    while (existing != null && !Files.exists(existing)) {
      existing = existing.getParent();
    }
    if (existing == null) {
      return Optional.empty();
    }
    try {
      Identity owner = Identity.of(existing);
      long user = self("Uid");
      return Optional.of(
          ("%s belongs to user %d and group %d with mode %o, and this worker is user %d in the"
                  + " groups %s; let it write there (chown -R %d), or give it that owner as"
                  + " podTemplate.spec.securityContext.runAsUser or that group as fsGroup")
              .formatted(
                  existing,
                  owner.user(),
                  owner.group(),
                  owner.mode() & 0777,
                  user,
                  groups(),
                  user));
    } catch (IOException
        | UnsupportedOperationException
        | IllegalArgumentException
        | NoSuchElementException notTold) {
      return Optional.empty();
    }
  }

  /** The effective user or group of this process. */
  private static long self(String name) throws IOException {
    return Long.parseLong(BLANKS.splitAsStream(status(name)).skip(1).findFirst().orElseThrow());
  }

  private static String groups() throws IOException {
    return Stream.concat(
            Stream.of(Long.toString(self("Gid"))), BLANKS.splitAsStream(status("Groups")))
        .filter(group -> !group.isEmpty())
        .distinct()
        .collect(Collectors.joining(", "));
  }

  /** What the kernel says of this process under a name. */
  private static String status(String name) throws IOException {
    String key = name + ":";
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith(key)) {
        return line.substring(key.length()).strip();
      }
    }
    throw new IOException(name + ": /proc/self/status does not tell it");
  }
}
