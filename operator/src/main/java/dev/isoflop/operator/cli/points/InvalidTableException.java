package dev.isoflop.operator.cli.points;

import java.util.List;

/** A table that cannot be fitted as it is. */
public final class InvalidTableException extends Exception {
  private static final long serialVersionUID = 1;
  private static final int MOST = 8;

  private final transient List<String> problems;

  public InvalidTableException(List<String> problems) {
    super(String.join("\n", problems));
    this.problems = List.copyOf(problems);
  }

  /** The problems, each with its place and the way out; a long list is cut and says so. */
  public List<String> problems() {
    if (problems.size() <= MOST) {
      return problems;
    }
    List<String> first = new java.util.ArrayList<>(problems.subList(0, MOST));
    first.add("and %d more of this kind".formatted(problems.size() - MOST));
    return first;
  }
}
