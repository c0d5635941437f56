package dev.isoflop.worker.data.shard.locate;

import dev.isoflop.text.ShownUri;
import dev.isoflop.worker.data.DataException;
import dev.isoflop.worker.data.DataException.Kind;
import dev.isoflop.worker.data.remote.RemoteCache;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the shards or folders that a {@code uri} names: a path, {@code file:} or {@code http(s):}
 * URI with brace ranges and, on file systems, globs ({@code * ? [..]}, and {@code **} for folders
 * at all depths), or several separated by commas. The order is that of the text; what a glob
 * matches is sorted by name.
 */
public final class ShardLocator {
  private static final Pattern HAS_SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*");

  private final String field;
  private final Path directory;
  private final RemoteCache cache;

  /**
   * Looks from a directory.
   *
   * @param field named in errors
   * @param directory what relative paths start from
   * @param cache what files behind URLs are had by
   */
  public ShardLocator(String field, Path directory, RemoteCache cache) {
    this.cache = cache;
    this.field = field;
    this.directory = directory.toAbsolutePath().normalize();
  }

  /**
   * The shards, at least one, none twice. Those on file systems are existing regular files; those
   * behind URLs are first asked for when they are opened.
   */
  public List<Shard> locate(String uri) throws DataException {
    return located(uri, Files::isRegularFile, LocalShard::new, RemoteShard::new);
  }

  /** The folders, at least one, none twice. */
  public List<ShardFolder> locateFolders(String uri) throws DataException {
    return located(uri, Files::isDirectory, LocalFolder::new, RemoteFolder::new);
  }

  private <T> List<T> located(
      String uri,
      Predicate<Path> wanted,
      Function<Path, T> local,
      BiFunction<URI, RemoteCache, T> remote)
      throws DataException {
    Set<T> found = new LinkedHashSet<>();
    boolean behindQuery = false;
    for (String text : BracePattern.splitList(uri)) {
      String part = text.strip();
      List<T> here = new ArrayList<>();
      if (behindQuery && !HAS_SCHEME.matcher(part).matches()) {
        throw setting(
            "'" + ShownUri.of(uri) + "' has a comma in the query of a URL",
            "write it as %2C; commas separate several places, and what follows a URL with a query"
                + " must be a URL, such as file:/data/a.tar");
      }
      behindQuery = RemoteAddress.is(part) && part.indexOf('?') >= 0;
      if (RemoteAddress.is(part)) {
        for (String name : expand(part, part)) {
          here.add(remote.apply(RemoteAddress.of(name, field), cache));
        }
      } else {
        locatePart(part, wanted).forEach(path -> here.add(local.apply(path)));
      }
      for (T one : here) {
        if (!found.add(one)) {
          throw setting("'" + one + "' is named twice", "name every shard once");
        }
      }
    }
    return List.copyOf(found);
  }

  private List<String> expand(String part, String pattern) throws DataException {
    try {
      return BracePattern.expand(pattern);
    } catch (IllegalArgumentException e) {
      String shown = ShownUri.of(part);
      String what =
          shown.equals(part)
              ? e.getMessage()
              : "a brace is neither a range {00..31} nor a list {a,b}";
      throw setting("'" + shown + "': " + what, "correct the braces");
    }
  }

  private List<Path> locatePart(String part, Predicate<Path> wanted) throws DataException {
    if (part.isEmpty()) {
      throw setting("a path is empty", "remove the stray comma or write the path");
    }
    List<String> names = expand(part, localPath(part));
    List<Path> shards = new ArrayList<>();
    List<Path> missing = new ArrayList<>();
    for (String name : names) {
      if (isGlob(name)) {
        shards.addAll(glob(name, wanted));
      } else {
        Path path = resolve(name);
        (wanted.test(path) ? shards : missing).add(path);
      }
    }
    if (!missing.isEmpty()) {
      throw missing(part, missing, names.size());
    }
    return shards;
  }

  private String localPath(String part) throws DataException {
    int colon = part.indexOf(':');
    if (colon <= 1 || !part.substring(0, colon).matches("[a-zA-Z][a-zA-Z0-9+.-]*")) {
      return part;
    }
    String scheme = part.substring(0, colon);
    if (!scheme.equalsIgnoreCase("file")) {
      throw setting(
          "'"
              + ShownUri.of(part)
              + "' is neither on a file system nor behind http ('"
              + scheme
              + ":')",
          "mount or copy the shards and give their path, or an http: or https: URL");
    }
    String rest = part.substring(colon + 1);
    if (rest.startsWith("//")) {
      int slash = rest.indexOf('/', 2);
      String host = slash < 0 ? rest.substring(2) : rest.substring(2, slash);
      if (slash < 0 || !(host.isEmpty() || host.equals("localhost"))) {
        throw setting(
            "'%s' names the host '%s'"
                .formatted(ShownUri.of(part), host.substring(host.lastIndexOf('@') + 1)),
            "write file:/// and the path on this machine");
      }
      rest = rest.substring(slash);
    }
    try {
      // A plus stands for itself in a path; only percent escapes are decoded.
      return URLDecoder.decode(rest.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw setting(
          "'" + ShownUri.of(part) + "': " + e.getMessage(), "write a percent sign as %25");
    }
  }

  private Path resolve(String name) throws DataException {
    try {
      return directory.resolve(name).normalize();
    } catch (InvalidPathException e) {
      throw setting("'" + name + "' is not a path: " + e.getReason(), "correct it");
    }
  }

  private static boolean isGlob(String name) {
    return name.chars().anyMatch(c -> c == '*' || c == '?' || c == '[');
  }

  /** Matches component by component, so that a star never crosses a directory. */
  private List<Path> glob(String name, Predicate<Path> wanted) throws DataException {
    FileSystem fileSystem = directory.getFileSystem();
    Set<Path> found = Set.of(name.startsWith("/") ? directory.getRoot() : directory);
    for (String component : name.split("/+", -1)) {
      if (component.isEmpty() || component.equals(".")) {
        continue;
      }
      Set<Path> next = new LinkedHashSet<>();
      for (Path parent : found) {
        if (component.equals("**")) {
          addDeep(parent, next, new HashSet<>());
        } else if (isGlob(component)) {
          PathMatcher matcher = fileSystem.getPathMatcher("glob:" + component);
          boolean hidden = component.startsWith(".");
          children(parent).stream()
              .filter(child -> hidden || !isHidden(child))
              .filter(child -> matcher.matches(child.getFileName()))
              .forEach(next::add);
        } else if (Files.exists(parent.resolve(component))) {
          next.add(parent.resolve(component).normalize());
        }
      }
      found = next;
    }
    List<Path> files = found.stream().filter(wanted).toList();
    if (files.isEmpty()) {
      throw new DataException(
          Kind.Missing,
          field,
          "no file matches '" + name + "'" + from(name),
          "check the path and the pattern");
    }
    return files;
  }

  /** As in shells and Python, what begins with a dot is named only by a pattern that does. */
  private static boolean isHidden(Path path) {
    return path.getFileName().toString().startsWith(".");
  }

  /**
   * A path and all below it, at every depth, whatever is hidden left out. Links are followed, but
   * never into a folder that one is in already.
   */
  private void addDeep(Path path, Set<Path> all, Set<Path> above) throws DataException {
    all.add(path);
    if (!Files.isDirectory(path)) {
      return;
    }
    Path real;
    try {
      real = path.toRealPath();
    } catch (IOException e) {
      throw unlisted(path, e);
    }
    if (!above.add(real)) {
      return;
    }
    for (Path child : children(path)) {
      if (!isHidden(child)) {
        addDeep(child, all, above);
      }
    }
    above.remove(real);
  }

  /** What a folder holds, by name; nothing if it is none. */
  private List<Path> children(Path parent) throws DataException {
    if (!Files.isDirectory(parent)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(parent)) {
      return children.sorted().toList();
    } catch (IOException | UncheckedIOException e) {
      throw unlisted(parent, e);
    }
  }

  private DataException unlisted(Path folder, Exception cause) {
    return new DataException(
        Kind.Unreadable,
        field,
        "cannot list '" + folder + "' (" + cause + ")",
        "check the mount and its permissions",
        cause);
  }

  private DataException missing(String part, List<Path> missing, int named) throws DataException {
    Path first = missing.get(0);
    if (Files.isDirectory(first)) {
      return setting(
          "'" + first + "' is a directory", "name its shards, for example " + first + "/*.tar");
    }
    String which =
        named == 1
            ? "no file '" + first + "'"
            : "%d of the %d shards of '%s' are missing, the first of them '%s'"
                .formatted(missing.size(), named, part, first);
    return new DataException(
        Kind.Missing,
        field,
        which + from(localPath(part)),
        "check the path, the mount and the brace range");
  }

  /** Where a relative path starts. */
  private String from(String path) {
    return path.startsWith("/") ? "" : " (looked from " + directory + ")";
  }

  private DataException setting(String problem, String remedy) {
    return new DataException(Kind.Setting, field, problem, remedy);
  }
}
