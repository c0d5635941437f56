package dev.isoflop.operator.cli;

/** For programs whose commands run no operator. */
final class NoOperator {
  private NoOperator() {}

  static int run(OperatorOptions options) {
    throw new AssertionError("no operator was to be run, but " + options);
  }
}
