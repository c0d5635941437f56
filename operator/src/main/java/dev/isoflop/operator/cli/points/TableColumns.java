package dev.isoflop.operator.cli.points;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Meaning of the columns of one table.
 *
 * @param header names of all columns
 * @param indices of the quantities that the table has
 * @param recognised quantities whose column is called otherwise than usual, and was not named
 * @param ambiguous quantities that several columns could hold, with the names of these
 */
record TableColumns(
    List<String> header,
    Map<Quantity, Integer> indices,
    List<Quantity> recognised,
    Map<Quantity, List<String>> ambiguous) {

  static TableColumns of(List<String> header, ColumnNames names) {
    Map<Quantity, Integer> indices = new EnumMap<>(Quantity.class);
    for (Quantity quantity : Quantity.values()) {
      int index = header.indexOf(names.of(quantity));
      if (index >= 0) {
        indices.put(quantity, index);
      }
    }
    List<Quantity> recognised = new ArrayList<>();
    Map<Quantity, List<String>> ambiguous = new EnumMap<>(Quantity.class);
    for (Quantity quantity : Quantity.values()) {
      if (indices.containsKey(quantity) || names.names(quantity)) {
        continue;
      }
      List<String> candidates =
          header.stream()
              .filter(quantity::means)
              .filter(name -> !indices.containsValue(header.indexOf(name)))
              .toList();
      if (candidates.size() == 1) {
        indices.put(quantity, header.indexOf(candidates.get(0)));
        recognised.add(quantity);
      } else if (candidates.size() > 1) {
        ambiguous.put(quantity, candidates);
      }
    }
    return new TableColumns(header, indices, recognised, ambiguous);
  }

  OptionalInt find(Quantity quantity) {
    Integer index = indices.get(quantity);
    return index == null ? OptionalInt.empty() : OptionalInt.of(index);
  }

  /** The column of a quantity that the table has. */
  int index(Quantity quantity) {
    return find(quantity).orElseThrow();
  }

  /** The name of that column. */
  String name(Quantity quantity) {
    return header.get(index(quantity));
  }

  boolean has(Quantity quantity) {
    return indices.containsKey(quantity);
  }

  /** Whether a column holds one of the quantities. */
  boolean isTaken(int index) {
    return indices.containsValue(index);
  }
}
