package dev.isoflop.operator.cli.shared;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/**
 * Version of this program.
 *
 * @param version such as {@code 0.1.0}
 * @param java that runs it
 */
public record Release(String version, String java) {

  /** The release that this program was built as. */
  public static Release ofThisBuild() {
    Properties properties = new Properties();
    try (InputStream stream = Release.class.getResourceAsStream("release.properties")) {
      properties.load(Objects.requireNonNull(stream, "the build writes release.properties"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return of(properties.getProperty("version"));
  }

  /** The release that runs here. */
  public static Release of(String version) {
    return new Release(version, Runtime.version() + " (" + System.getProperty("java.vendor") + ")");
  }

  /** The name under which results record this program. */
  public String software() {
    return "isoflop " + version;
  }
}
