package dev.isoflop.operator.report.tables;

import dev.isoflop.laws.data.MetricSeries;
import dev.isoflop.laws.text.NumberFormat;
import dev.isoflop.operator.report.input.ReportInput;
import dev.isoflop.operator.report.input.ReportTrial;
import dev.isoflop.operator.report.input.SeriesOrder;
import dev.isoflop.operator.report.input.TrialHistory;
import dev.isoflop.operator.report.input.TrialSize;
import dev.isoflop.operator.report.plot.Numerals;
import dev.isoflop.operator.report.plot.RichText;
import dev.isoflop.operator.report.tables.Table.Cell;
import dev.isoflop.operator.report.tables.Table.Column;
import dev.isoflop.operator.report.tables.Table.Row;
import dev.isoflop.operator.report.words.MeasuredValue;
import dev.isoflop.operator.report.words.Phrases;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.DoubleFunction;
import java.util.stream.Stream;

/** Every trial, whatever became of it. */
public final class TrialTable {

  private final ReportInput input;
  private final List<MetricSeries> metrics;

  /** The common prefix of all names, which the table leaves out. */
  private final String prefix;

  public TrialTable(ReportInput input) {
    this.input = input;
    SortedSet<MetricSeries> series = new TreeSet<>(SeriesOrder.series(input));
    input.trials().forEach(trial -> series.addAll(trial.metrics().keySet()));
    series.remove(input.lossSeries());
    metrics = List.copyOf(series);
    String own = input.name() + "-";
    prefix = input.trials().stream().allMatch(trial -> trial.name().startsWith(own)) ? own : "";
  }

  public Table table() {
    return new Table(
        "trial-table",
        RichText.of("Trials"),
        columns(),
        input.trials().stream().map(this::row).toList(),
        input.trials().isEmpty() ? "No trial was planned yet." : "",
        true,
        notes());
  }

  private List<RichText> notes() {
    List<RichText> notes = new ArrayList<>();
    if (hasErrors()) {
      notes.add(
          RichText.of("Digits in brackets are the standard error of the last digits before them."));
    }
    if (!prefix.isEmpty() && !input.trials().isEmpty()) {
      notes.add(RichText.of("The full names begin with " + prefix + "."));
    }
    return notes;
  }

  private boolean hasErrors() {
    return input.trials().stream()
        .flatMap(trial -> Stream.concat(trial.loss().stream(), trial.metrics().values().stream()))
        .anyMatch(reading -> reading.usableError().isPresent());
  }

  private List<Column> columns() {
    List<Column> columns = new ArrayList<>();
    columns.add(Column.text("Trial"));
    columns.add(Column.number(Phrases.C, "training compute, FLOPs"));
    columns.add(Column.number(Phrases.N, "parameters without embeddings"));
    columns.add(Column.number(RichText.of("Shape"), "layers x width"));
    columns.add(Column.number(Phrases.D, "training tokens"));
    columns.add(Column.number(RichText.of("Samples"), "training samples"));
    columns.add(Column.number(RichText.of("Steps"), "optimizer steps"));
    columns.add(
        Column.number(
            RichText.of(Phrases.capital(Phrases.series(input.lossSeries()))),
            "what the laws are fitted to"));
    columns.add(Column.number(RichText.of("Training loss"), "smoothed, at the end"));
    for (MetricSeries series : metrics) {
      columns.add(
          Column.number(
              RichText.of(Phrases.capital(Phrases.series(series))), Phrases.axis(series.metric())));
    }
    columns.add(Column.number(RichText.of("Time"), "seconds of training and evaluation"));
    columns.add(
        Column.number(RichText.of("Attempts"), "attempts started; disruptions in brackets"));
    columns.add(Column.text("Outcome"));
    return columns;
  }

  private Row row(ReportTrial trial) {
    TrialSize size = trial.size();
    List<Cell> cells = new ArrayList<>();
    cells.add(Cell.formula(RichText.of(trial.name().substring(prefix.length()))));
    cells.add(Cell.number(Numerals.flops(trial.budget()), trial.budget()));
    cells.add(number(size.parameters(), Numerals::count));
    cells.add(
        size.layers().isPresent() && size.width().isPresent()
            ? Cell.number(
                size.layers().getAsInt() + "\u00d7" + size.width().getAsInt(),
                size.layers().getAsInt())
            : Cell.nothing());
    cells.add(number(size.tokens(), Numerals::count));
    cells.add(number(size.samples(), Numerals::count));
    cells.add(
        size.steps().isPresent()
            ? Cell.number(
                NumberFormat.whole(size.steps().getAsLong()), (double) size.steps().getAsLong())
            : Cell.nothing());
    cells.add(reading(trial.loss()));
    cells.add(number(trial.trainLoss(), Phrases::loss));
    for (MetricSeries series : metrics) {
      cells.add(reading(Optional.ofNullable(trial.metrics().get(series))));
    }
    cells.add(time(trial.history()));
    cells.add(attempts(trial.history()));
    cells.add(Cell.text(outcome(trial)));
    return new Row(trial.succeeded() ? "" : "muted", cells);
  }

  private static Cell number(OptionalDouble value, DoubleFunction<String> words) {
    return value.isPresent()
        ? Cell.number(words.apply(value.getAsDouble()), value.getAsDouble())
        : Cell.nothing();
  }

  /** A value with its standard error in the last digits: {@code 0.8224(11)}. */
  private static Cell reading(Optional<MeasuredValue> reading) {
    return reading.map(it -> Cell.number(Phrases.reading(it), it.value())).orElse(Cell.nothing());
  }

  private static Cell time(TrialHistory history) {
    if (history.trainingSeconds().isEmpty()) {
      return Cell.nothing();
    }
    double seconds =
        history.trainingSeconds().getAsDouble() + history.evaluationSeconds().orElse(0);
    return Cell.number(NumberFormat.duration(seconds), seconds);
  }

  private static Cell attempts(TrialHistory history) {
    if (history.attempts() == 0) {
      return Cell.nothing();
    }
    return Cell.number(
        history.attempts() + (history.disruptions() > 0 ? " (" + history.disruptions() + ")" : ""),
        history.attempts());
  }

  private static String outcome(ReportTrial trial) {
    if (trial.outcome().isEmpty()) {
      return trial.reason();
    }
    String type = trial.outcome().get().type().name();
    return trial.reason().isEmpty() ? type : type + ". " + trial.reason();
  }
}
