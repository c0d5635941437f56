package dev.isoflop.operator.cli.progress;

import dev.isoflop.operator.cli.text.Cell;
import dev.isoflop.operator.cli.text.Figures;
import dev.isoflop.operator.cli.text.Ink;
import dev.isoflop.operator.cli.text.Style;
import dev.isoflop.operator.cli.text.TextTable;
import dev.isoflop.operator.cli.text.TextTable.Column;
import dev.isoflop.operator.collect.WorkerMetrics;
import dev.isoflop.operator.local.SweepSnapshot;
import dev.isoflop.operator.local.TrialSnapshot;
import dev.isoflop.operator.local.TrialState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The table of running trials that a terminal shows.
 *
 * @param columns of the terminal; no line is longer
 * @param rows of the terminal; there are fewer lines
 */
record ProgressTable(int columns, int rows, Ink ink) {
  private static final int BAR = 24;

  /** Lines that are not trials: titles, how many more there are, the sweep, and the cursor's. */
  private static final int OTHER_LINES = 4;

  List<String> lines(SweepSnapshot snapshot, Instant started) {
    List<TrialSnapshot> running =
        snapshot.trials().stream()
            .filter(
                trial ->
                    trial.state() == TrialState.Running || trial.state() == TrialState.Stopping)
            .toList();
    int shown = Math.min(running.size(), Math.max(1, rows - OTHER_LINES));
    TextTable table =
        new TextTable(
            Column.left("BUDGET"),
            Column.left("MODEL"),
            Column.left("PROGRESS"),
            Column.right("LOSS"),
            Column.right("STEPS/S"),
            Column.right("LEFT"));
    running.stream().limit(shown).forEach(trial -> row(table, trial));
    List<String> plain = new ArrayList<>();
    List<String> painted = new ArrayList<>();
    if (shown > 0) {
      plain.addAll(table.lines(Ink.PLAIN));
      painted.addAll(table.lines(ink));
    }
    if (shown < running.size()) {
      String more = "and %d more running".formatted(running.size() - shown);
      plain.add(more);
      painted.add(more);
    }
    String standing = Standing.of(snapshot, started);
    plain.add(standing);
    painted.add(ink.paint(Style.HEADING, standing));
    return fitted(plain, painted);
  }

  /** A line that is too long loses its end, and its colours with it. */
  private List<String> fitted(List<String> plain, List<String> painted) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < plain.size(); i++) {
      String text = plain.get(i);
      boolean fits = text.codePointCount(0, text.length()) < columns;
      lines.add(fits ? painted.get(i) : text.substring(0, text.offsetByCodePoints(0, columns - 1)));
    }
    return lines;
  }

  private static void row(TextTable table, TrialSnapshot trial) {
    OptionalDouble loss =
        trial.metrics().map(WorkerMetrics::trainLoss).orElseGet(OptionalDouble::empty);
    OptionalDouble speed = trial.stepsPerSecond();
    double share = Math.max(0, Math.min(1, trial.progress()));
    table.row(
        Cell.of(Figures.flops(trial.planned().budget())),
        Cell.of(TrialTitle.model(trial.planned())),
        progress(trial, share),
        Cell.of(loss.isPresent() ? Figures.significant(loss.getAsDouble(), 4) : ""),
        Cell.of(speed.isPresent() ? Figures.significant(speed.getAsDouble(), 3) : ""),
        Cell.of(share < 1 ? trial.remaining().map(Figures::duration).orElse("") : ""));
  }

  private static Cell progress(TrialSnapshot trial, double share) {
    int full = (int) (share * BAR);
    String bar = "[" + "#".repeat(full) + ".".repeat(BAR - full) + "] ";
    if (trial.state() == TrialState.Stopping) {
      return new Cell(bar + "stopping", Style.WARNING);
    }
    if (trial.metrics().isEmpty()) {
      return new Cell(bar + "starting", Style.FAINT);
    }
    return share < 1
        ? Cell.of(bar + "%3d %%".formatted((int) (100 * share)))
        : new Cell(bar + "measuring", Style.GOOD);
  }
}
