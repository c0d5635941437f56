package dev.isoflop.operator.cli;

import dev.isoflop.operator.cli.operator.OperatorOptions;
import dev.isoflop.operator.cli.operator.OperatorRunner;

/** For programs whose commands run no operator. */
final class NoOperator implements OperatorRunner {
  @Override
  public int run(OperatorOptions options) {
    throw new AssertionError("no operator was to be run, but " + options);
  }
}
