package dev.isoflop.operator.cli.points;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Whether a table has the columns that a fit needs. */
final class ColumnCheck {
  private static final int COST_NEEDED = 2;

  private final TableColumns columns;
  private final ColumnNames names;
  private final String source;
  private final List<String> problems = new ArrayList<>();

  private ColumnCheck(TableColumns columns, ColumnNames names, String source) {
    this.columns = columns;
    this.names = names;
    this.source = source;
  }

  static void of(TableColumns columns, ColumnNames names, String source)
      throws InvalidTableException {
    ColumnCheck check = new ColumnCheck(columns, names, source);
    check.run();
    if (!check.problems.isEmpty()) {
      check.problems.add(
          "%s: its columns are %s%s"
              .formatted(
                  source,
                  String.join(", ", columns.header()),
                  columns.header().size() == 1
                      ? "; if something else separates them, give --delimiter"
                      : ""));
      throw new InvalidTableException(check.problems);
    }
  }

  private void run() {
    columns
        .ambiguous()
        .forEach(
            (quantity, candidates) ->
                problems.add(
                    "%s: columns %s could all hold the %s; choose one, as in --column %s=%s"
                        .formatted(
                            source,
                            String.join(", ", candidates),
                            quantity,
                            quantity,
                            candidates.get(0))));
    for (Quantity quantity : Quantity.values()) {
      if (names.names(quantity) && !columns.has(quantity)) {
        missing(quantity);
      }
    }
    twice();
    for (Quantity quantity : Quantity.values()) {
      if (names.units().containsKey(quantity) && !columns.has(quantity)) {
        problems.add(
            "%s: has no column for the %s, so --unit %s=%s stands for nothing; leave it out, or name the column with --column"
                .formatted(source, quantity, quantity, names.unit(quantity)));
      }
    }
    if (lacks(Quantity.loss)) {
      missing(Quantity.loss);
    }
    List<Quantity> cost =
        List.of(Quantity.parameters, Quantity.tokens, Quantity.budget).stream()
            .filter(columns::has)
            .toList();
    if (cost.size() < COST_NEEDED
        && columns.ambiguous().keySet().stream().noneMatch(Quantity::inCost)) {
      for (Quantity quantity : List.of(Quantity.parameters, Quantity.tokens)) {
        if (lacks(quantity)) {
          missing(quantity);
        }
      }
    }
    for (String metric : names.metrics()) {
      if (!columns.header().contains(metric)) {
        problems.add(
            "%s: has no column '%s'; name one of its columns for --metric"
                .formatted(source, metric));
      }
    }
  }

  /** One column cannot hold two quantities. */
  private void twice() {
    Quantity[] all = Quantity.values();
    for (int i = 0; i < all.length; i++) {
      for (int j = i + 1; j < all.length; j++) {
        if (columns.has(all[i])
            && columns.has(all[j])
            && columns.index(all[i]) == columns.index(all[j])) {
          Quantity named = names.names(all[j]) ? all[j] : all[i];
          problems.add(
              "%s: column '%s' cannot hold both the %s and the %s; choose another for one, as in %s"
                  .formatted(source, columns.name(all[i]), all[i], all[j], example(named)));
        }
      }
    }
  }

  /** Whether nothing was said of a quantity that has no column. */
  private boolean lacks(Quantity quantity) {
    return !columns.has(quantity)
        && !names.names(quantity)
        && !columns.ambiguous().containsKey(quantity);
  }

  private void missing(Quantity quantity) {
    boolean unnamed = columns.header().contains(quantity.toString());
    problems.add(
        "%s: has no column '%s'; %s"
            .formatted(
                source,
                names.of(quantity),
                unnamed
                    ? "its column '%s' holds the %s if no --column names another"
                        .formatted(quantity, quantity)
                    : "say which holds the %s, as in %s".formatted(quantity, example(quantity))));
  }

  /** A choice as a shell takes it: of a column that holds none of the quantities yet. */
  private String example(Quantity quantity) {
    List<String> free =
        IntStream.range(0, columns.header().size())
            .filter(index -> !columns.isTaken(index))
            .mapToObj(columns.header()::get)
            .filter(name -> !name.isEmpty())
            .toList();
    String chosen =
        free.stream()
            // as in: tokens (B)
            .filter(name -> quantity.means(name.replaceAll("[(\\[].*", "")))
            .findFirst()
            .orElse(free.isEmpty() ? "NAME" : free.get(0));
    String choice = quantity + "=" + chosen;
    return "--column " + (choice.matches("[\\w.@=/-]*") ? choice : "'" + choice + "'");
  }
}
