package dev.isoflop.operator.cli.points;

import static java.util.stream.Collectors.joining;

import dev.isoflop.laws.data.MetricSeries;
import dev.isoflop.operator.report.csv.TrialsCsv;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The columns that get a law of their own, and what became of the others.
 *
 * @param columns in the order of the table
 * @param loss what the loss of a run's table is, whose own column then gets no second law
 * @param lossError where the standard error of the loss stands
 */
record MetricColumns(
    List<Column> columns, Optional<MetricSeries> loss, OptionalInt lossError, List<String> notes) {

  /** Suffix of the column of a measurement's standard error. */
  private static final String ERROR = "_standard_error";

  /** Columns that describe how a model was made rather than how good it is. */
  private static final Set<String> NOT_METRICS =
      Set.of(
          "layers",
          "n_layers",
          "num_layers",
          "depth",
          "width",
          "heads",
          "n_heads",
          "step",
          "steps",
          "epoch",
          "epochs",
          "repeat",
          "seed",
          "batch_size",
          "learning_rate",
          "lr",
          "attempts",
          "failures",
          "disruptions",
          TrialsCsv.BROKEN,
          "training_seconds",
          "evaluation_seconds");

  /**
   * One metric. A name such as {@code FID@coco-2014} tells the evaluation set.
   *
   * @param error where its standard error stands
   */
  record Column(int index, MetricSeries series, OptionalInt error) {
    static Column of(int index, List<String> header) {
      String name = header.get(index);
      int at = name.indexOf('@');
      MetricSeries series =
          at > 0 && at < name.length() - 1
              ? new MetricSeries(name.substring(0, at), name.substring(at + 1))
              : new MetricSeries(name, "");
      return new Column(index, series, errorColumn(index, header));
    }
  }

  /**
   * Chooses them.
   *
   * @param asked by name; if empty, all that look like metrics
   */
  static MetricColumns choose(
      TableColumns columns, List<TableText.Row> rows, List<String> asked, SweepColumns sweep) {
    List<String> header = columns.header();
    OptionalInt lossError = errorColumn(columns.index(Quantity.loss), header);
    if (!asked.isEmpty()) {
      List<Column> chosen =
          asked.stream().map(name -> Column.of(header.indexOf(name), header)).toList();
      return new MetricColumns(chosen, Optional.empty(), lossError, List.of());
    }
    if (sweep.isSweep()) {
      return ofSweep(columns, rows, sweep);
    }
    List<Column> chosen = new ArrayList<>();
    List<String> passedOver = new ArrayList<>();
    for (int i = 0; i < header.size(); i++) {
      String name = header.get(i);
      if (columns.isTaken(i) || isError(name, header)) {
        continue;
      }
      if (name.isEmpty()
          || NOT_METRICS.contains(name.replaceFirst("@.*", ""))
          || !numeric(i, rows)) {
        passedOver.add(name.isEmpty() ? "column %d, which has no name".formatted(i + 1) : name);
      } else {
        chosen.add(Column.of(i, header));
      }
    }
    List<String> notes = new ArrayList<>();
    if (!chosen.isEmpty()) {
      notes.add(
          "taken as metrics: %s; choose with --metric"
              .formatted(
                  chosen.stream()
                      .map(column -> header.get(column.index()))
                      .collect(joining(", "))));
    }
    if (!passedOver.isEmpty()) {
      notes.add("not used: " + String.join(", ", passedOver));
    }
    return new MetricColumns(chosen, Optional.empty(), lossError, notes);
  }

  /** The measurements of a run, of which one is its loss. */
  private static MetricColumns ofSweep(
      TableColumns columns, List<TableText.Row> rows, SweepColumns sweep) {
    List<String> header = columns.header();
    int loss = columns.index(Quantity.loss);
    Optional<MetricSeries> lossSeries = Optional.empty();
    List<Column> chosen = new ArrayList<>();
    for (int i = 0; i < header.size(); i++) {
      int index = i;
      if (columns.isTaken(i) || isError(header.get(i), header) || !sweep.isMeasurement(i)) {
        continue;
      }
      boolean same =
          rows.stream().allMatch(row -> row.cells().get(index).equals(row.cells().get(loss)));
      if (same && lossSeries.isEmpty()) {
        lossSeries = Optional.of(Column.of(i, header).series());
      } else {
        chosen.add(Column.of(i, header));
      }
    }
    return new MetricColumns(chosen, lossSeries, errorColumn(loss, header), List.of());
  }

  /** Those of one row: without what the fit of its sweep did not take. */
  MetricColumns of(TableText.Row row, SweepColumns sweep, List<String> header) {
    return new MetricColumns(
        columns.stream().filter(column -> sweep.takes(row, header.get(column.index()))).toList(),
        loss,
        lossError,
        notes);
  }

  private static OptionalInt errorColumn(int index, List<String> header) {
    int found = header.indexOf(header.get(index) + ERROR);
    return found < 0 ? OptionalInt.empty() : OptionalInt.of(found);
  }

  private static boolean isError(String name, List<String> header) {
    return name.endsWith(ERROR)
        && header.contains(name.substring(0, name.length() - ERROR.length()));
  }

  private static boolean numeric(int index, List<TableText.Row> rows) {
    List<String> cells =
        rows.stream().map(row -> row.cells().get(index)).filter(cell -> !cell.isEmpty()).toList();
    return !cells.isEmpty() && cells.stream().allMatch(cell -> RowReader.parse(cell).isPresent());
  }
}
