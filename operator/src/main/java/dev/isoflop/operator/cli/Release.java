package dev.isoflop.operator.cli;

/**
 * What this program is.
 *
 * @param version such as {@code 0.1.0}
 * @param java that runs it
 */
public record Release(String version, String java) {

  /** The release that runs here. */
  public static Release of(String version) {
    return new Release(version, Runtime.version() + " (" + System.getProperty("java.vendor") + ")");
  }

  /** How results name what computed them. */
  public String software() {
    return "isoflop " + version;
  }
}
