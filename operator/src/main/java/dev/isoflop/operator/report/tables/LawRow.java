package dev.isoflop.operator.report.tables;

import dev.isoflop.laws.finding.Fit;
import dev.isoflop.laws.powerlaw.PowerLaw;
import dev.isoflop.laws.text.NumberFormat;
import dev.isoflop.operator.report.plot.RichText;
import dev.isoflop.operator.report.tables.Table.Cell;
import dev.isoflop.operator.report.tables.Table.Row;
import dev.isoflop.operator.report.words.Phrases;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** The row of a law: its formula, exponent and interval, cells of the table's own, its points. */
final class LawRow {
  private LawRow() {}

  /**
   * The row of a law, or of its refusal.
   *
   * @param symbol of the quantity in the formula
   * @param absent what to say where there is no law
   * @param columns of the table
   * @param own cells between the interval and the points
   */
  static Row of(
      RichText quantity,
      RichText symbol,
      Fit<PowerLaw> fit,
      Supplier<String> absent,
      int columns,
      Function<PowerLaw, List<Cell>> own) {
    List<Cell> cells = new ArrayList<>(List.of(Cell.text(quantity)));
    Optional<PowerLaw> found = fit.value();
    if (found.isEmpty()) {
      cells.add(Cell.text(absent.get()));
      cells.addAll(Collections.nCopies(columns - 2, Cell.nothing()));
      return new Row("muted", cells);
    }
    PowerLaw law = found.get();
    cells.add(Cell.formula(Phrases.equation(symbol, law)));
    cells.add(Cell.number(Phrases.exponent(law), law.exponent()));
    cells.add(
        Cell.number(
            Phrases.exponentInterval(law, law.interval().exponent()),
            law.interval().exponent().low()));
    cells.addAll(own.apply(law));
    cells.add(Cell.number(NumberFormat.whole(law.points().size()), law.points().size()));
    return new Row("", cells);
  }
}
