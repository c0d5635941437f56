package dev.isoflop.operator.cli.points;

import dev.isoflop.model.FlopConvention;
import dev.isoflop.operator.laws.Measurement;
import dev.isoflop.operator.laws.MetricSeries;
import dev.isoflop.operator.laws.TrainedPoint;
import dev.isoflop.trial.OutcomeType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Reads trained models from a CSV file, one a row. Nothing is guessed in silence: what is inferred
 * or passed over is noted, and a value that cannot be used is an error with its line.
 */
public final class PointTableReader {
  private static final double SAME_BUDGET = 0.01;
  private static final double LEAST_PARAMETERS = 100;
  private static final double LEAST_TOKENS = 1000;

  private final ColumnNames names;
  private final char delimiter;

  public PointTableReader(ColumnNames names, char delimiter) {
    this.names = names;
    this.delimiter = delimiter;
  }

  /** Reads all rows of a file, or says everything that is wrong with it. */
  public PointTable read(Path file) throws InvalidTableException {
    return read(TableText.read(file, delimiter), file.toString());
  }

  private PointTable read(TableText table, String source) throws InvalidTableException {
    TableColumns columns = TableColumns.of(table.header(), names);
    checkColumns(columns, source);
    List<String> notes = new ArrayList<>();
    List<TableText.Row> rows = succeeded(table, columns, notes);
    MetricColumns metrics = MetricColumns.choose(columns, rows, names.metrics());
    notes.addAll(metrics.notes());

    List<String> problems = new ArrayList<>();
    List<TrainedPoint> points = new ArrayList<>();
    for (TableText.Row row : rows) {
      RowReader reader = new RowReader(row, table.header(), source, problems);
      point(reader, columns, metrics).ifPresent(points::add);
    }
    if (!problems.isEmpty()) {
      throw new InvalidTableException(problems);
    }
    if (points.isEmpty()) {
      throw new InvalidTableException(
          List.of(source + ": has no rows to fit; give one row for each trained model"));
    }
    return new PointTable(points, convention(points, columns.has(Quantity.budget), notes), notes);
  }

  private void checkColumns(TableColumns columns, String source) throws InvalidTableException {
    List<String> problems = new ArrayList<>();
    for (Quantity quantity : Quantity.values()) {
      boolean wanted = quantity.required() || names.names().containsKey(quantity);
      if (wanted && !columns.has(quantity)) {
        problems.add(
            "%s: has no column '%s'; say which holds the %s, as in --column %s=%s"
                .formatted(source, names.of(quantity), quantity, quantity, example(columns)));
      }
    }
    for (String metric : names.metrics()) {
      if (!columns.header().contains(metric)) {
        problems.add(
            "%s: has no column '%s'; name one of its columns for --metric"
                .formatted(source, metric));
      }
    }
    if (!problems.isEmpty()) {
      problems.add(
          "%s: its columns are %s%s"
              .formatted(
                  source,
                  String.join(", ", columns.header()),
                  columns.header().size() == 1
                      ? "; if commas do not separate them, give --delimiter"
                      : ""));
      throw new InvalidTableException(problems);
    }
  }

  /** A column that holds none of the quantities yet. */
  private static String example(TableColumns columns) {
    return IntStream.range(0, columns.header().size())
        .filter(index -> !columns.isTaken(index))
        .mapToObj(columns.header()::get)
        .filter(name -> !name.isEmpty())
        .findFirst()
        .orElse("NAME");
  }

  /** Rows of trials that did not succeed have no place in a fit. */
  private static List<TableText.Row> succeeded(
      TableText table, TableColumns columns, List<String> notes) {
    if (!columns.has(Quantity.outcome)) {
      return table.rows();
    }
    int outcome = columns.index(Quantity.outcome);
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
      RowReader row, TableColumns columns, MetricColumns metrics) {
    OptionalDouble parameters = row.count(columns.index(Quantity.parameters), LEAST_PARAMETERS);
    OptionalDouble tokens = row.count(columns.index(Quantity.tokens), LEAST_TOKENS);
    OptionalDouble loss = row.number(columns.index(Quantity.loss));
    OptionalInt samplesColumn = columns.find(Quantity.samples);
    OptionalDouble samples =
        samplesColumn.isPresent() ? row.count(samplesColumn.getAsInt(), 1) : OptionalDouble.empty();
    SortedMap<MetricSeries, Measurement> measured = metrics(row, metrics);
    if (parameters.isEmpty() || tokens.isEmpty()) {
      return Optional.empty();
    }
    double sixNd = 6 * parameters.getAsDouble() * tokens.getAsDouble();
    OptionalInt budgetColumn = columns.find(Quantity.budget);
    OptionalDouble budget =
        budgetColumn.isPresent()
            ? row.budget(budgetColumn.getAsInt(), sixNd)
            : OptionalDouble.of(sixNd);
    if (budget.isEmpty() || loss.isEmpty() || samplesColumn.isPresent() != samples.isPresent()) {
      return Optional.empty();
    }
    OptionalInt trial = columns.find(Quantity.trial);
    return Optional.of(
        new TrainedPoint(
            trial.isPresent() ? row.text(trial.getAsInt()) : "line " + row.line(),
            budget.getAsDouble(),
            parameters.getAsDouble(),
            tokens.getAsDouble(),
            samples,
            Measurement.of(loss.getAsDouble()),
            measured));
  }

  private static SortedMap<MetricSeries, Measurement> metrics(
      RowReader row, MetricColumns metrics) {
    SortedMap<MetricSeries, Measurement> measured = new TreeMap<>();
    for (int index : metrics.indices()) {
      if (!row.isEmpty(index)) {
        row.number(index)
            .ifPresent(
                value ->
                    measured.put(new MetricSeries(row.name(index), ""), Measurement.of(value)));
      }
    }
    return measured;
  }

  private static String convention(List<TrainedPoint> points, boolean stated, List<String> notes) {
    if (!stated) {
      notes.add("budgets are 6 x parameters x tokens (SixND), as there is no budget column");
      return FlopConvention.SixND.name();
    }
    boolean sixNd =
        points.stream()
            .mapToDouble(point -> point.budget() / (6 * point.parameters() * point.tokens()))
            .allMatch(ratio -> Math.abs(ratio - 1) < SAME_BUDGET);
    return sixNd ? FlopConvention.SixND.name() : PointTable.UNSTATED;
  }
}
