package dev.isoflop.operator.manifest;

import java.util.List;
import java.util.stream.Collectors;

/** A manifest that cannot be run as written. */
public final class InvalidManifestException extends Exception {
  private final transient List<Problem> problems;

  public InvalidManifestException(String source, List<Problem> problems) {
    super(
        problems.stream()
            .map(problem -> source + ": " + problem.message())
            .collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  /** All that is wrong, in the order of the manifest's fields. */
  public List<Problem> problems() {
    return problems;
  }
}
