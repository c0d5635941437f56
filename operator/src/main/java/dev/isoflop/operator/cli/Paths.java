package dev.isoflop.operator.cli;

import java.nio.file.Path;

/** How files are named to a person. */
final class Paths {
  private Paths() {}

  /** Relative to the working directory where it lies below that, absolute otherwise. */
  static String shown(Path path) {
    Path here = Path.of("").toAbsolutePath();
    Path there = path.toAbsolutePath().normalize();
    return there.startsWith(here) && !there.equals(here)
        ? here.relativize(there).toString()
        : there.toString();
  }
}
