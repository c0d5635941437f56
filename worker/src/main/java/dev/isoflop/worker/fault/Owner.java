package dev.isoflop.worker.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Who owns a folder and who this process is, as numbers: what a refused write comes down to. */
final class Owner {
  /** A file system object's owner and mode, or a process's users. */
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
      Identity self = Identity.of(Path.of("/proc/self"));
      return Optional.of(
          ("%s belongs to user %d and group %d with mode %o, and this worker is user %d in the"
                  + " groups %s; let it write there (chown -R %d), or give it that owner as"
                  + " podTemplate.spec.securityContext.runAsUser or that group as fsGroup")
              .formatted(
                  existing,
                  owner.user(),
                  owner.group(),
                  owner.mode() & 0777,
                  self.user(),
                  groups(self),
                  self.user()));
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException notTold) {
      return Optional.empty();
    }
  }

  private static String groups(Identity self) throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
      String further =
          lines
              .filter(line -> line.startsWith("Groups:"))
              .map(line -> line.substring("Groups:".length()).strip())
              .collect(Collectors.joining());
      return Stream.concat(Stream.of(Integer.toString(self.group())), Stream.of(further.split(" ")))
          .filter(group -> !group.isEmpty())
          .distinct()
          .collect(Collectors.joining(", "));
    } catch (UncheckedIOException e) {
      throw new IOException(e);
    }
  }
}
