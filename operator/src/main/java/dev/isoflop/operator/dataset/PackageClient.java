package dev.isoflop.operator.dataset;

import java.nio.file.Path;

/** Fetches an archive from a package registry. */
@FunctionalInterface
interface PackageClient {
  /**
   * Puts a package's archive into a folder; its content is checked by the caller.
   *
   * @return the archive
   */
  Path fetch(PackagePin pin, Path folder) throws DatasetException, InterruptedException;
}
