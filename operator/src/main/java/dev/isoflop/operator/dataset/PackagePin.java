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

  /** What the registry's client calls it. */
  String coordinate() {
    return name + "@" + version;
  }

  /** What the registry's client calls its archive. */
  String archiveName() {
    return name.replace("@", "").replace('/', '-') + "-" + version + ".tgz";
  }
}
