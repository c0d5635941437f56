package dev.isoflop.operator.cli.points;

import java.util.List;
import java.util.Map;

/**
 * Which column holds what.
 *
 * @param names of the columns that are not called as usual
 * @param units what one in a column stands for, such as 1e9 for billions; 1 for those not named
 * @param metrics columns that get a law of their own; empty for all further ones that hold numbers
 */
public record ColumnNames(
    Map<Quantity, String> names, Map<Quantity, Double> units, List<String> metrics) {

  /** The usual names, in plain units. */
  public static final ColumnNames USUAL = new ColumnNames(Map.of(), Map.of(), List.of());

  public ColumnNames {
    names = Map.copyOf(names);
    units = Map.copyOf(units);
    metrics = List.copyOf(metrics);
  }

  /** The column of a quantity. */
  String of(Quantity quantity) {
    return names.getOrDefault(quantity, quantity.name());
  }

  boolean names(Quantity quantity) {
    return names.containsKey(quantity);
  }

  double unit(Quantity quantity) {
    return units.getOrDefault(quantity, 1.0);
  }
}
