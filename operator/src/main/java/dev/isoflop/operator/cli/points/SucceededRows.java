package dev.isoflop.operator.cli.points;

import static java.util.stream.Collectors.joining;

import dev.isoflop.trial.OutcomeType;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Chooses the rows of trials that succeeded: others have no place in a fit. */
final class SucceededRows {
  private static final int MOST_NAMED = 5;

  private SucceededRows() {}

  /**
   * The rows to fit: all of a table without an outcome.
   *
   * @param notes what is left out is added to these
   * @throws InvalidTableException if no row is left of those that there are
   */
  static List<TableText.Row> of(
      TableText table, TableColumns columns, String source, List<String> notes)
      throws InvalidTableException {
    if (!columns.has(Quantity.outcome)) {
      return table.rows();
    }
    int outcome = columns.index(Quantity.outcome);
    List<TableText.Row> rows =
        table.rows().stream().filter(row -> succeeded(row.cells().get(outcome))).toList();
    if (rows.size() == table.rows().size()) {
      return rows;
    }
    Map<String, Integer> others = new TreeMap<>();
    table.rows().stream()
        .map(row -> row.cells().get(outcome))
        .filter(cell -> !succeeded(cell))
        .forEach(cell -> others.merge(cell.isEmpty() ? "empty" : cell, 1, Integer::sum));
    String name = table.header().get(outcome);
    if (rows.isEmpty()) {
      throw new InvalidTableException(
          List.of(
              "%s: %s left out, as their %s is %s, not %s; write %s for models that count, or give the column another name if it says something else"
                  .formatted(
                      source,
                      table.rows().size() == 1
                          ? "the only row is"
                          : "all %d rows are".formatted(table.rows().size()),
                      name,
                      words(others),
                      OutcomeType.Succeeded,
                      OutcomeType.Succeeded)));
    }
    notes.add(
        "%d of %s left out, as %s is %s, not %s"
            .formatted(
                table.rows().size() - rows.size(),
                table.rows().size() == 1 ? "1 row is" : table.rows().size() + " rows are",
                "their " + name,
                words(others),
                OutcomeType.Succeeded));
    return rows;
  }

  private static boolean succeeded(String cell) {
    return cell.equalsIgnoreCase(OutcomeType.Succeeded.name());
  }

  /** {@code Excluded (3), Failed (1)}. */
  private static String words(Map<String, Integer> outcomes) {
    String named =
        outcomes.entrySet().stream()
            .limit(MOST_NAMED)
            .map(entry -> entry.getKey() + " (" + entry.getValue() + ")")
            .collect(joining(", "));
    return outcomes.size() > MOST_NAMED ? named + "..." : named;
  }
}
