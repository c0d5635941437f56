package dev.isoflop.operator.cli.progress;

import dev.isoflop.api.v1alpha1.status.TrialProgress;
import dev.isoflop.laws.text.NumberFormat;
import dev.isoflop.operator.cli.text.Cell;
import dev.isoflop.operator.cli.text.Ink;
import dev.isoflop.operator.cli.text.Layout;
import dev.isoflop.operator.cli.text.Style;
import dev.isoflop.operator.cli.text.TextTable;
import dev.isoflop.operator.cli.text.TextTable.Column;
import dev.isoflop.operator.local.run.DisplayState;
import dev.isoflop.operator.local.run.SweepSnapshot;
import dev.isoflop.operator.local.run.TrialSnapshot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The table of running trials that a terminal shows.
 *
 * @param columns of the terminal; no line is longer
 * @param rows of the terminal; there are fewer lines
 */
record ProgressTable(int columns, int rows, Ink ink) {
  private static final int BAR = 24;
  private static final int SHORTEST_BAR = 4;

  /** Columns beside the bar: brackets, a space and the longest word. */
  private static final int BESIDE_BAR = "[] measuring".length();

  /** Lines that are no trials: titles, how many more there are, and the cursor's. */
  private static final int OTHER_LINES = 3;

  List<String> lines(SweepSnapshot snapshot, Instant started) {
    List<TrialSnapshot> running =
        snapshot.trials().stream()
            .filter(
                trial ->
                    trial.state() == DisplayState.Running || trial.state() == DisplayState.Stopping)
            .toList();
    List<String> standing = ProgressSummary.of(snapshot, started, columns - 1);
    int room = Math.max(1, rows - OTHER_LINES - standing.size());
    List<TrialSnapshot> shown = running.subList(0, Math.min(running.size(), room));
    List<String> plain = new ArrayList<>();
    List<String> painted = new ArrayList<>();
    if (!shown.isEmpty()) {
      TextTable table = fitting(shown);
      plain.addAll(rows(table, Ink.PLAIN, shown.size()));
      painted.addAll(rows(table, ink, shown.size()));
    }
    if (shown.size() < running.size()) {
      String more = "and %d more running".formatted(running.size() - shown.size());
      plain.add(more);
      painted.add(more);
    }
    plain.addAll(standing);
    standing.forEach(line -> painted.add(ink.paint(Style.HEADING, line)));
    return fitted(plain, painted);
  }

  /** Titles and trials, without the columns that there is no room for, if each is one line. */
  private List<String> rows(TextTable table, Ink in, int trials) {
    List<String> within = table.lines(new Layout(in, columns - 1), new ArrayList<>());
    return within.size() == trials + 1 ? within : table.lines(in);
  }

  /** The table without bars where the screen is too narrow for both. */
  private TextTable fitting(List<TrialSnapshot> trials) {
    TextTable wide = table(trials, BAR);
    int width = wide.lines(Ink.PLAIN).stream().mapToInt(String::length).max().orElse(0);
    int excess = width - (columns - 1);
    return excess <= 0 ? wide : table(trials, Math.max(SHORTEST_BAR, BAR - excess));
  }

  /** The columns whose texts change are as wide as their widest, so that nothing jumps about. */
  private static TextTable table(List<TrialSnapshot> trials, int bar) {
    TextTable table =
        new TextTable(
            Column.left("BUDGET"),
            Column.left("MODEL"),
            Column.left("PROGRESS" + " ".repeat(bar + BESIDE_BAR - "PROGRESS".length())),
            Column.right("  LOSS").dropped(2),
            Column.right("STEPS/S").dropped(1),
            Column.right("   LEFT").dropped(3));
    trials.forEach(trial -> row(table, trial, bar));
    return table;
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

  private static void row(TextTable table, TrialSnapshot trial, int length) {
    Optional<Double> loss = trial.live().map(TrialProgress::trainLoss);
    OptionalDouble speed = trial.stepsPerSecond();
    double share = Math.max(0, Math.min(1, trial.progress()));
    table.row(
        Cell.of(NumberFormat.flops(trial.planned().budget())),
        Cell.of(TrialTitle.model(trial.planned())),
        progress(trial, share, length),
        Cell.of(loss.map(value -> NumberFormat.significant(value, 4)).orElse("")),
        Cell.of(speed.isPresent() ? NumberFormat.significant(speed.getAsDouble(), 3) : ""),
        Cell.of(share < 1 ? trial.left().map(NumberFormat::duration).orElse("") : ""));
  }

  private static Cell progress(TrialSnapshot trial, double share, int length) {
    int full = (int) (share * length);
    String bar = "[" + "#".repeat(full) + ".".repeat(length - full) + "] ";
    if (trial.state() == DisplayState.Stopping) {
      return new Cell(bar + "stopping", Style.WARNING);
    }
    if (trial.live().isEmpty()) {
      return new Cell(bar + "starting", Style.FAINT);
    }
    return share < 1
        ? Cell.of(bar + "%3d %%".formatted((int) (100 * share)))
        : new Cell(bar + "measuring", Style.GOOD);
  }
}
