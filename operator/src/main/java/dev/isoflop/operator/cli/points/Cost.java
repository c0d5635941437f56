package dev.isoflop.operator.cli.points;

/**
 * C, N and D of one row, in plain units.
 *
 * @param row where they stand
 */
record Cost(RowReader row, double budget, double parameters, double tokens) {

  double sixNd() {
    return 6 * parameters * tokens;
  }

  double of(Quantity quantity) {
    return switch (quantity) {
      case budget -> budget;
      case parameters -> parameters;
      case tokens -> tokens;
      case loss, samples, trial, outcome ->
          throw new IllegalArgumentException(quantity + " is not a part of the cost");
    };
  }
}
