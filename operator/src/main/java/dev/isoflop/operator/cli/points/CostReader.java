package dev.isoflop.operator.cli.points;

import java.util.Optional;
import java.util.OptionalDouble;

/** Reads C, N and D of a row; where one has no column it follows from C = 6 N D. */
final class CostReader {
  private final TableColumns columns;
  private final ColumnNames names;

  CostReader(TableColumns columns, ColumnNames names) {
    this.columns = columns;
    this.names = names;
  }

  /** Empty where a cell holds no positive number; the row then has the problem noted. */
  Optional<Cost> read(RowReader row) {
    OptionalDouble budget = cell(row, Quantity.budget);
    OptionalDouble parameters = cell(row, Quantity.parameters);
    OptionalDouble tokens = cell(row, Quantity.tokens);
    int readable =
        (budget.isPresent() ? 1 : 0)
            + (parameters.isPresent() ? 1 : 0)
            + (tokens.isPresent() ? 1 : 0);
    int expected =
        (columns.has(Quantity.budget) ? 1 : 0)
            + (columns.has(Quantity.parameters) ? 1 : 0)
            + (columns.has(Quantity.tokens) ? 1 : 0);
    if (readable < expected) {
      return Optional.empty();
    }
    double c = budget.orElseGet(() -> 6 * parameters.getAsDouble() * tokens.getAsDouble());
    double n = parameters.orElseGet(() -> c / (6 * tokens.getAsDouble()));
    double d = tokens.orElseGet(() -> c / (6 * n));
    return Optional.of(new Cost(row, c, n, d));
  }

  private OptionalDouble cell(RowReader row, Quantity quantity) {
    return columns.has(quantity)
        ? row.positive(columns.index(quantity), names.unit(quantity))
        : OptionalDouble.empty();
  }
}
