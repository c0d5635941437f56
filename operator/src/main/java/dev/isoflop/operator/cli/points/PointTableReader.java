package dev.isoflop.operator.cli.points;

import dev.isoflop.laws.data.Measurement;
import dev.isoflop.laws.data.MetricSeries;
import dev.isoflop.laws.data.TrainedPoint;
import dev.isoflop.model.FlopConvention;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Reads trained models from a table, one a row. Nothing is guessed in silence: what is inferred or
 * passed over is noted, and a value that cannot be used is an error with its line.
 */
public final class PointTableReader {
  private static final double SAME_BUDGET = 0.01;

  private final ColumnNames names;
  private final Optional<Character> delimiter;

  /**
   * @param delimiter of the columns; empty to find it in the header
   */
  public PointTableReader(ColumnNames names, Optional<Character> delimiter) {
    this.names = names;
    this.delimiter = delimiter;
  }

  /** Reads all rows of a file, or says everything that is wrong with it. */
  public PointTable read(Path file) throws InvalidTableException {
    return read(TableFile.read(file, delimiter), TableFile.name(file));
  }

  private PointTable read(TableText table, String source) throws InvalidTableException {
    TableColumns columns = TableColumns.of(table.header(), names);
    ColumnCheck.of(columns, names, source);
    List<String> notes = new ArrayList<>();
    recognised(columns, notes);
    SweepColumns sweep = SweepColumns.of(table.header());
    List<TableText.Row> rows =
        sweep.fitted(
            SucceededRows.of(table, columns, source, notes),
            columns.name(Quantity.loss),
            source,
            notes);
    Optional<String> stated = sweep.convention(rows, source);
    MetricColumns metrics = MetricColumns.choose(columns, rows, names.metrics(), sweep);
    notes.addAll(metrics.notes());
    List<String> problems = new ArrayList<>();
    List<Cost> costs = new ArrayList<>();
    List<TrainedPoint> points = new ArrayList<>();
    CostReader costReader = new CostReader(columns, names);
    for (TableText.Row row : rows) {
      RowReader reader = new RowReader(row, table.header(), source, problems);
      Optional<Cost> cost = costReader.read(reader);
      cost.ifPresent(costs::add);
      point(reader, cost, columns, metrics.of(row, sweep, table.header())).ifPresent(points::add);
    }
    new UnitCheck(columns, costs, source, problems).run();
    if (!problems.isEmpty()) {
      throw new InvalidTableException(problems);
    }
    if (points.isEmpty()) {
      throw new InvalidTableException(
          List.of(source + ": has no rows to fit; give one row for each trained model"));
    }
    return new PointTable(
        points,
        convention(points, columns, stated, notes),
        metrics.loss().orElseGet(() -> lossSeries(points, metrics)),
        Stream.concat(
                metrics.loss().stream(),
                metrics.columns().stream().map(MetricColumns.Column::series))
            .map(MetricSeries::dataset)
            .filter(dataset -> !dataset.isEmpty())
            .findFirst(),
        notes);
  }

  private static void recognised(TableColumns columns, List<String> notes) {
    if (!columns.recognised().isEmpty()) {
      notes.add(
          "columns recognised: %s; choose others with --column"
              .formatted(
                  String.join(
                      ", ",
                      columns.recognised().stream()
                          .map(quantity -> quantity + " = " + columns.name(quantity))
                          .toList())));
    }
  }

  private Optional<TrainedPoint> point(
      RowReader row, Optional<Cost> cost, TableColumns columns, MetricColumns metrics) {
    int lossColumn = columns.index(Quantity.loss);
    OptionalDouble loss = row.number(lossColumn);
    OptionalInt samplesColumn = columns.find(Quantity.samples);
    OptionalDouble samples =
        samplesColumn.isPresent()
            ? row.positive(samplesColumn.getAsInt(), names.unit(Quantity.samples))
            : OptionalDouble.empty();
    SortedMap<MetricSeries, Measurement> measured = new TreeMap<>();
    for (MetricColumns.Column column : metrics.columns()) {
      if (!row.isEmpty(column.index())) {
        row.number(column.index())
            .ifPresent(
                value -> measured.put(column.series(), measurement(row, value, column.error())));
      }
    }
    if (cost.isEmpty() || loss.isEmpty() || samplesColumn.isPresent() != samples.isPresent()) {
      return Optional.empty();
    }
    OptionalInt trial = columns.find(Quantity.trial);
    return Optional.of(
        new TrainedPoint(
            trial.isPresent() ? row.text(trial.getAsInt()) : row.place(),
            cost.get().budget(),
            cost.get().parameters(),
            cost.get().tokens(),
            samples,
            measurement(row, loss.getAsDouble(), metrics.lossError()),
            measured));
  }

  /** A value with its standard error, where there is one; an error of 0 is one not known. */
  private static Measurement measurement(RowReader row, double value, OptionalInt errorColumn) {
    if (errorColumn.isEmpty() || row.isEmpty(errorColumn.getAsInt())) {
      return Measurement.of(value);
    }
    OptionalDouble error = row.number(errorColumn.getAsInt());
    if (error.isPresent() && error.getAsDouble() < 0) {
      row.problem(
          errorColumn.getAsInt(),
          "is negative; give a standard error above 0, or 0 or nothing where it is not known");
    }
    return error.isPresent() && error.getAsDouble() > 0
        ? Measurement.of(value, error.getAsDouble())
        : Measurement.of(value);
  }

  private static MetricSeries lossSeries(List<TrainedPoint> points, MetricColumns metrics) {
    return metrics.columns().stream()
        .map(MetricColumns.Column::series)
        .filter(
            series ->
                points.stream()
                    .allMatch(
                        point -> {
                          Measurement other = point.metrics().get(series);
                          return other != null && other.value() == point.loss().value();
                        }))
        .findFirst()
        .orElse(new MetricSeries("loss", ""));
  }

  private static String convention(
      List<TrainedPoint> points,
      TableColumns columns,
      Optional<String> stated,
      List<String> notes) {
    List<Quantity> missing =
        Stream.of(Quantity.budget, Quantity.parameters, Quantity.tokens)
            .filter(quantity -> !columns.has(quantity))
            .toList();
    if (!missing.isEmpty()) {
      Quantity inferred = missing.get(0);
      notes.add(
          switch (inferred) {
            case budget ->
                "budgets are 6 x parameters x tokens (SixND), as there is no budget column";
            case parameters ->
                "parameters are budget / (6 x tokens) (SixND), as they have no column";
            case tokens -> "tokens are budget / (6 x parameters) (SixND), as they have no column";
            case loss, samples, trial, outcome -> throw new IllegalStateException(inferred.name());
          });
      return FlopConvention.SixND.name();
    }
    if (stated.isPresent()) {
      return stated.get();
    }
    boolean sixNd =
        points.stream()
            .mapToDouble(point -> point.budget() / (6 * point.parameters() * point.tokens()))
            .allMatch(ratio -> Math.abs(ratio - 1) < SAME_BUDGET);
    return sixNd ? FlopConvention.SixND.name() : PointTable.UNSTATED;
  }
}
