package dev.isoflop.laws;

import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Public data sets that oracle tests read where they are at hand; they are not part of Isoflop. */
public final class PublicLawData {

  private PublicLawData() {}

  /** The file, or a skipped test that says how to have it run. */
  public static Path file(String name) {
    String folder = System.getenv("ISOFLOP_LAWDATA");
    List<Path> candidates =
        folder == null
            ? List.of(
                Path.of("../shared/lawdata"),
                Path.of("../../shared/lawdata"),
                Path.of("../../../shared/lawdata"))
            : List.of(Path.of(folder));
    for (Path candidate : candidates) {
      if (Files.isRegularFile(candidate.resolve(name))) {
        return candidate.resolve(name);
      }
    }
    return abort(
        "SKIPPED: no " + name + " in " + candidates + "; set ISOFLOP_LAWDATA to its folder");
  }
}
