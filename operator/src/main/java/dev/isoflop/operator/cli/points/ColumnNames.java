package dev.isoflop.operator.cli.points;

import java.util.List;
import java.util.Map;

/**
 * Which column holds what.
 *
 * @param names of the columns that are not called as usual
 * @param metrics columns that get a law of their own; empty for all further ones that hold numbers
 */
public record ColumnNames(Map<Quantity, String> names, List<String> metrics) {

  /** The usual names. */
  public static final ColumnNames USUAL = new ColumnNames(Map.of(), List.of());

  public ColumnNames {
    names = Map.copyOf(names);
    metrics = List.copyOf(metrics);
  }

  /** The column of a quantity. */
  String of(Quantity quantity) {
    return names.getOrDefault(quantity, quantity.name());
  }
}
