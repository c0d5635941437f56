package dev.isoflop.worker.data;

import dev.isoflop.text.ShownUri;
import dev.isoflop.worker.data.DataException.Kind;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** One file or folder that a {@code uri} of the manifest names: a path or a {@code file:} URI. */
public final class LocalFile {
  private static final Pattern SCHEME = Pattern.compile("([a-zA-Z][a-zA-Z0-9+.-]+):.*");

  private LocalFile() {}

  /**
   * The regular file that a {@code uri} names.
   *
   * @param uri a path or a {@code file:} URI
   * @param field the setting that {@code uri} comes from, named in errors
   * @param directory what relative paths start from
   * @throws DataException if the text is no path, or there is no such file
   */
  public static Path file(String uri, String field, Path directory) throws DataException {
    Path path = path(uri, field, directory);
    if (Files.isDirectory(path)) {
      throw new DataException(
          Kind.Setting, field, "'" + path + "' is a folder", "name the file itself");
    }
    if (!Files.isRegularFile(path)) {
      throw missing("file", path, field);
    }
    return path;
  }

  /** The folder that a {@code uri} names; as {@link #file}. */
  public static Path folder(String uri, String field, Path directory) throws DataException {
    Path path = path(uri, field, directory);
    if (!Files.isDirectory(path)) {
      throw missing("folder", path, field);
    }
    return path;
  }

  private static Path path(String uri, String field, Path directory) throws DataException {
    try {
      return directory.toAbsolutePath().resolve(local(uri, field)).normalize();
    } catch (InvalidPathException e) {
      throw new DataException(
          Kind.Setting,
          field,
          "'" + ShownUri.of(uri) + "' is not a path: " + e.getReason(),
          "correct it",
          e);
    }
  }

  private static String local(String uri, String field) throws DataException {
    if (!SCHEME.matcher(uri).matches()) {
      return uri;
    }
    try {
      URI parsed = new URI(uri);
      String host = parsed.getHost();
      if ("file".equalsIgnoreCase(parsed.getScheme())
          && parsed.getPath() != null
          && (host == null || host.equals("localhost"))) {
        return parsed.getPath();
      }
    } catch (URISyntaxException e) {
      throw new DataException(
          Kind.Setting,
          field,
          "'" + ShownUri.of(uri) + "' is not a URI: " + e.getReason(),
          "write a plain path",
          e);
    }
    throw new DataException(
        Kind.Setting,
        field,
        "'" + ShownUri.of(uri) + "' is not on this machine's file system",
        "mount or copy it and give its path or a file: URI");
  }

  private static DataException missing(String what, Path path, String field) {
    return new DataException(
        Kind.Missing, field, "no " + what + " '" + path + "'", "check the path and the mount");
  }
}
