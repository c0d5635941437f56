package dev.isoflop.operator.cli.points;

import dev.isoflop.operator.laws.Measurement;
import dev.isoflop.operator.laws.MetricSeries;
import dev.isoflop.operator.laws.TrainedPoint;
import dev.isoflop.trial.OutcomeType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * Reads trained models from a CSV file, one a row. Nothing is guessed in silence: what is inferred
 * or passed over is noted, and a value that cannot be used is an error with its line.
 */
public final class PointTableReader {
  private final ColumnNames columns;
  private final char delimiter;

  public PointTableReader(ColumnNames columns, char delimiter) {
    this.columns = columns;
    this.delimiter = delimiter;
  }

  /** Reads all rows of a file, or says everything that is wrong with it. */
  public PointTable read(Path file) throws InvalidTableException {
    return read(TableText.read(file, delimiter), file.toString());
  }

  PointTable read(TableText table, String source) throws InvalidTableException {
    Map<Quantity, Integer> indices = columns.in(table.header());
    checkColumns(table, indices, source);
    List<String> notes = new ArrayList<>();
    List<TableText.Row> rows = succeeded(table, indices, notes);
    MetricColumns metrics = MetricColumns.choose(table, rows, indices, columns);
    notes.addAll(metrics.notes());

    List<String> problems = new ArrayList<>();
    List<TrainedPoint> points = new ArrayList<>();
    for (TableText.Row row : rows) {
      RowReader reader = new RowReader(row, table.header(), source, problems);
      point(reader, indices, metrics).ifPresent(points::add);
    }
    if (!problems.isEmpty()) {
      throw new InvalidTableException(problems);
    }
    if (points.isEmpty()) {
      throw new InvalidTableException(
          List.of(source + ": has no rows to fit; give one row for each trained model"));
    }
    boolean inferred = !indices.containsKey(Quantity.budget);
    return new PointTable(points, convention(points, inferred, notes), notes);
  }

  private void checkColumns(TableText table, Map<Quantity, Integer> indices, String source)
      throws InvalidTableException {
    List<String> problems = new ArrayList<>();
    for (Quantity quantity : Quantity.values()) {
      boolean wanted = quantity.required() || columns.names().containsKey(quantity);
      if (wanted && !indices.containsKey(quantity)) {
        problems.add(
            "%s: no column '%s'; say which holds the %s, as in --column %s=%s"
                .formatted(
                    source,
                    columns.of(quantity),
                    quantity,
                    quantity,
                    table.header().stream()
                        .filter(name -> !indices.containsValue(table.header().indexOf(name)))
                        .findFirst()
                        .orElse("NAME")));
      }
    }
    for (String metric : columns.metrics()) {
      if (!table.header().contains(metric)) {
        problems.add("%s: no column '%s'; name one for --metric".formatted(source, metric));
      }
    }
    if (!problems.isEmpty()) {
      boolean single = table.header().size() == 1;
      problems.add(
          "%s: its columns are %s%s"
              .formatted(
                  source,
                  String.join(", ", table.header()),
                  single ? "; if they are not separated by commas, give --delimiter" : ""));
      throw new InvalidTableException(problems);
    }
  }

  /** Rows of trials that did not succeed have no place in a fit. */
  private static List<TableText.Row> succeeded(
      TableText table, Map<Quantity, Integer> indices, List<String> notes) {
    Integer outcome = indices.get(Quantity.outcome);
    if (outcome == null) {
      return table.rows();
    }
    List<TableText.Row> rows =
        table.rows().stream()
            .filter(row -> row.cells().get(outcome).equals(OutcomeType.Succeeded.name()))
            .toList();
    if (rows.size() < table.rows().size()) {
      notes.add(
          "%d of %d rows are left out, as their %s is not %s"
              .formatted(
                  table.rows().size() - rows.size(),
                  table.rows().size(),
                  table.header().get(outcome),
                  OutcomeType.Succeeded));
    }
    return rows;
  }

  private static Optional<TrainedPoint> point(
      RowReader row, Map<Quantity, Integer> indices, MetricColumns metrics) {
    OptionalDouble parameters = row.count(indices.get(Quantity.parameters), 100);
    OptionalDouble tokens = row.count(indices.get(Quantity.tokens), 1000);
    OptionalDouble loss = row.number(indices.get(Quantity.loss));
    Integer samplesIndex = indices.get(Quantity.samples);
    OptionalDouble samples =
        samplesIndex == null ? OptionalDouble.empty() : row.count(samplesIndex, 1);
    TreeMap<MetricSeries, Measurement> measured = new TreeMap<>();
    for (int index : metrics.indices()) {
      if (!row.isEmpty(index)) {
        row.number(index)
            .ifPresent(
                value ->
                    measured.put(new MetricSeries(row.name(index), ""), Measurement.of(value)));
      }
    }
    if (parameters.isEmpty() || tokens.isEmpty()) {
      return Optional.empty();
    }
    double sixNd = 6 * parameters.getAsDouble() * tokens.getAsDouble();
    Integer budgetIndex = indices.get(Quantity.budget);
    OptionalDouble budget =
        budgetIndex == null ? OptionalDouble.of(sixNd) : row.budget(budgetIndex, sixNd);
    if (budget.isEmpty() || loss.isEmpty() || (samplesIndex != null && samples.isEmpty())) {
      return Optional.empty();
    }
    Integer trial = indices.get(Quantity.trial);
    return Optional.of(
        new TrainedPoint(
            trial == null ? "line " + row.line() : row.text(trial),
            budget.getAsDouble(),
            parameters.getAsDouble(),
            tokens.getAsDouble(),
            samples,
            Measurement.of(loss.getAsDouble()),
            measured));
  }

  private static String convention(
      List<TrainedPoint> points, boolean inferred, List<String> notes) {
    if (inferred) {
      notes.add("budgets are 6 x parameters x tokens (SixND), as there is no budget column");
      return "SixND";
    }
    boolean sixNd =
        points.stream()
            .allMatch(
                point ->
                    Math.abs(point.budget() / (6 * point.parameters() * point.tokens()) - 1)
                        < 0.01);
    return sixNd ? "SixND" : PointTable.UNSTATED;
  }
}
