package dev.isoflop.operator.cli.points;

import dev.isoflop.laws.text.NumberFormat;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/** Reads the numbers of one row; what is wrong is added to a list, and the number is then empty. */
final class RowReader {
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(\\d+(\\.\\d*)?|\\.\\d+)(e[-+]?\\d+)?");

  /** Numbers beyond these are slips, and their sixth powers would leave what a double holds. */
  private static final double LARGEST = 1e40;

  private static final double SMALLEST = 1e-40;

  private final TableText.Row row;
  private final List<String> header;
  private final String source;
  private final List<String> problems;

  RowReader(TableText.Row row, List<String> header, String source, List<String> problems) {
    this.row = row;
    this.header = header;
    this.source = source;
    this.problems = problems;
  }

  /** Place of the row: {@code line 3}. */
  String place() {
    return row.place();
  }

  String text(int index) {
    return row.cells().get(index);
  }

  boolean isEmpty(int index) {
    return text(index).isEmpty();
  }

  /** A finite number. */
  OptionalDouble number(int index) {
    if (isEmpty(index)) {
      return problem(index, "is empty; give its value, or remove the row");
    }
    OptionalDouble value = parse(text(index));
    if (value.isEmpty()) {
      return problem(
          index,
          "is not a number; write it without unit or separators and with a decimal point, such as"
              + " 1.5e17");
    }
    if (!Double.isFinite(value.getAsDouble())) {
      return problem(index, "is not finite; remove the row of a model that diverged");
    }
    if (extreme(value.getAsDouble())) {
      return problem(
          index,
          "is beyond %s or below %s; remove the row of a model that diverged, or give the column in another unit"
              .formatted(NumberFormat.flops(LARGEST), NumberFormat.flops(SMALLEST)));
    }
    return value;
  }

  /** A positive number, in plain units. */
  OptionalDouble positive(int index, double unit) {
    OptionalDouble value = number(index);
    if (value.isPresent() && !(value.getAsDouble() > 0)) {
      return problem(index, "is not positive; give a plain count, or remove the row");
    }
    if (value.isPresent() && extreme(value.getAsDouble() * unit)) {
      return problem(
          index,
          "times its unit, %s, is beyond %s or below %s; check the unit"
              .formatted(unit, NumberFormat.flops(LARGEST), NumberFormat.flops(SMALLEST)));
    }
    return value.isPresent() ? OptionalDouble.of(value.getAsDouble() * unit) : value;
  }

  private static boolean extreme(double value) {
    return Math.abs(value) > LARGEST || (value != 0 && Math.abs(value) < SMALLEST);
  }

  /** Notes what is wrong with a cell. */
  OptionalDouble problem(int index, String what) {
    problems.add(
        "%s, %s: %s '%s' %s".formatted(source, row.place(), header.get(index), text(index), what));
    return OptionalDouble.empty();
  }

  /** Java's own notation, and the usual words for what is not finite. */
  static OptionalDouble parse(String cell) {
    String plain = cell.toLowerCase(Locale.ROOT);
    return switch (plain) {
      case "nan", "+nan", "-nan", "null", "none", "na", "n/a" -> OptionalDouble.of(Double.NaN);
      case "inf", "+inf", "infinity", "+infinity" -> OptionalDouble.of(Double.POSITIVE_INFINITY);
      case "-inf", "-infinity" -> OptionalDouble.of(Double.NEGATIVE_INFINITY);
      default ->
          NUMBER.matcher(plain).matches()
              ? OptionalDouble.of(Double.parseDouble(plain))
              : OptionalDouble.empty();
    };
  }
}
