package dev.isoflop.operator.dataset;

/**
 * One version of a package, known by its content.
 *
 * @param bytes size of its archive
 * @param integrity {@code sha512-} and the Base64 of the archive's SHA-512, as registries publish
 *     it
 * @param licence SPDX identifier of what is taken from it
 * @param attribution what its licence asks to be said
 */
public record PackagePin(
    String name, String version, long bytes, String integrity, String licence, String attribution) {

  /** Coordinate by which the registry's client knows the package. */
  String coordinate() {
    return name + "@" + version;
  }

  /** File name that the registry's client gives the archive. */
  String archiveName() {
    return name.replace("@", "").replace('/', '-') + "-" + version + ".tgz";
  }
}
