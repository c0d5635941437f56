package dev.isoflop.operator.cli.points;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * What the columns of one table hold.
 *
 * @param header names of all columns
 * @param indices of the quantities that the table has
 */
record TableColumns(List<String> header, Map<Quantity, Integer> indices) {

  static TableColumns of(List<String> header, ColumnNames names) {
    Map<Quantity, Integer> indices = new EnumMap<>(Quantity.class);
    for (Quantity quantity : Quantity.values()) {
      int index = header.indexOf(names.of(quantity));
      if (index >= 0) {
        indices.put(quantity, index);
      }
    }
    return new TableColumns(header, indices);
  }

  OptionalInt find(Quantity quantity) {
    Integer index = indices.get(quantity);
    return index == null ? OptionalInt.empty() : OptionalInt.of(index);
  }

  /** The column of a quantity that the table has. */
  int index(Quantity quantity) {
    return find(quantity).orElseThrow();
  }

  boolean has(Quantity quantity) {
    return indices.containsKey(quantity);
  }

  /** Whether a column holds one of the quantities. */
  boolean isTaken(int index) {
    return indices.containsValue(index);
  }
}
