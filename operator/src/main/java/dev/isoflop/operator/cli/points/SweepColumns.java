package dev.isoflop.operator.cli.points;

import static java.util.stream.Collectors.joining;

import dev.isoflop.model.FlopConvention;
import dev.isoflop.operator.report.csv.TrialsCsv;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What the trials.csv of a run tells beyond its numbers: how its budgets count FLOPs, and what the
 * fit of the sweep did not take. Other tables lack the columns, or may have them too.
 */
final class SweepColumns {
  /** What the column of cells that were not taken says of a trial that no law was fitted to. */
  private static final String WHOLE_ROW = "loss";

  private final List<String> header;
  private final int convention;
  private final int notFitted;

  private SweepColumns(List<String> header) {
    this.header = header;
    convention = header.indexOf(TrialsCsv.CONVENTION);
    notFitted = header.indexOf(TrialsCsv.NOT_FITTED);
  }

  static SweepColumns of(List<String> header) {
    return new SweepColumns(header);
  }

  /** Whether the table is that of a run, all columns of which are known. */
  boolean isSweep() {
    return notFitted >= 0;
  }

  /** The rows that the fit of the sweep took, and whose column to be fitted it took, too. */
  List<TableText.Row> fitted(
      List<TableText.Row> rows, String loss, String source, List<String> notes)
      throws InvalidTableException {
    if (!isSweep()) {
      return rows;
    }
    List<TableText.Row> fitted =
        rows.stream().filter(row -> takes(row, WHOLE_ROW) && takes(row, loss)).toList();
    if (fitted.isEmpty() && !rows.isEmpty()) {
      throw new InvalidTableException(
          List.of(
              "%s: the sweep has fitted none of its trials yet; wait until all trials of a budget have ended, or remove the column %s to fit those that have"
                  .formatted(source, TrialsCsv.NOT_FITTED)));
    }
    if (fitted.size() < rows.size()) {
      notes.add(
          "%d of %d trials that succeeded are left out, as in the sweep's own fit (column %s)"
              .formatted(rows.size() - fitted.size(), rows.size(), TrialsCsv.NOT_FITTED));
    }
    return fitted;
  }

  /** Whether the fit of the sweep took a cell. */
  boolean takes(TableText.Row row, String column) {
    return !isSweep() || !Arrays.asList(row.cells().get(notFitted).split(" ")).contains(column);
  }

  /** Whether a column is one of the measurements of a run. */
  boolean isMeasurement(int index) {
    String name = header.get(index);
    return name.indexOf('@') > 0 && !name.startsWith(TrialsCsv.BROKEN);
  }

  /** How the budgets of all rows count FLOPs; empty for a table that does not say. */
  Optional<String> convention(List<TableText.Row> rows, String source)
      throws InvalidTableException {
    if (convention < 0) {
      return Optional.empty();
    }
    SortedSet<String> named = new TreeSet<>();
    rows.forEach(row -> named.add(row.cells().get(convention)));
    List<String> known = Stream.of(FlopConvention.values()).map(Enum::name).toList();
    if (named.size() != 1 || !known.containsAll(named)) {
      throw new InvalidTableException(
          List.of(
              "%s: %s is %s; give the same in every row, one of %s, or remove the column"
                  .formatted(
                      source,
                      TrialsCsv.CONVENTION,
                      named.stream()
                          .map(name -> name.isEmpty() ? "empty" : "'" + name + "'")
                          .collect(joining(", ")),
                      String.join(", ", known))));
    }
    return Optional.of(named.first());
  }
}
