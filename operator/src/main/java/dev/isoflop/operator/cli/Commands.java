package dev.isoflop.operator.cli;

import java.util.List;

/** The commands of this release. */
final class Commands {
  private Commands() {}

  static IsoflopCommandLine of(Surroundings surroundings) {
    return new IsoflopCommandLine(
        surroundings, List.of(new PlanCommand(surroundings), new FitCommand(surroundings)));
  }
}
