package dev.isoflop.operator.cli.points;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The columns that get a law of their own, and what became of the others.
 *
 * @param indices in the order of the table
 */
record MetricColumns(List<Integer> indices, List<String> notes) {

  /** Columns that describe how a model was made rather than how good it is. */
  private static final Set<String> NOT_METRICS =
      Set.of(
          "layers",
          "depth",
          "width",
          "heads",
          "step",
          "steps",
          "repeat",
          "seed",
          "batch_size",
          "learning_rate",
          "attempts",
          "failures",
          "disruptions",
          "training_seconds",
          "evaluation_seconds");

  /**
   * Chooses them.
   *
   * @param asked by name; if empty, all that look like metrics
   */
  static MetricColumns choose(TableColumns columns, List<TableText.Row> rows, List<String> asked) {
    List<String> header = columns.header();
    if (!asked.isEmpty()) {
      return new MetricColumns(asked.stream().map(header::indexOf).toList(), List.of());
    }
    List<Integer> chosen = new ArrayList<>();
    List<String> passedOver = new ArrayList<>();
    for (int i = 0; i < header.size(); i++) {
      if (!columns.isTaken(i)) {
        String name = header.get(i);
        if (name.isEmpty() || NOT_METRICS.contains(name) || !numeric(i, rows)) {
          passedOver.add(name.isEmpty() ? "column %d, which has no name".formatted(i + 1) : name);
        } else {
          chosen.add(i);
        }
      }
    }
    List<String> notes = new ArrayList<>();
    if (!chosen.isEmpty()) {
      notes.add(
          "taken as metrics: %s; choose with --metric"
              .formatted(chosen.stream().map(header::get).collect(joining(", "))));
    }
    if (!passedOver.isEmpty()) {
      notes.add("not used: " + String.join(", ", passedOver));
    }
    return new MetricColumns(chosen, notes);
  }

  private static boolean numeric(int index, List<TableText.Row> rows) {
    List<String> cells =
        rows.stream().map(row -> row.cells().get(index)).filter(cell -> !cell.isEmpty()).toList();
    return !cells.isEmpty() && cells.stream().allMatch(cell -> RowReader.parse(cell).isPresent());
  }
}
