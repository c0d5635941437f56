package dev.isoflop.operator.cli.points;

import dev.isoflop.operator.cli.text.Figures;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/** Reads the numbers of one row; what is wrong is added to a list, and the number is then empty. */
final class RowReader {
  /**
   * No way of counting FLOPs is this far from 6 N D: attention and embeddings change it by a factor
   * of ten at most, a wrong unit by a thousand at least.
   */
  private static final double FARTHEST_FROM_SIX_N_D = 100;

  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(\\d+(\\.\\d*)?|\\.\\d+)(e[-+]?\\d+)?");

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

  long line() {
    return row.line();
  }

  String name(int index) {
    return header.get(index);
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
      return problem(index, "is no number; write it without unit or separators, such as 1.5e17");
    }
    if (!Double.isFinite(value.getAsDouble())) {
      return problem(index, "is not finite; remove the row of a model that diverged");
    }
    return value;
  }

  /** A positive number that is not too small for a count in plain units. */
  OptionalDouble count(int index, double least) {
    OptionalDouble value = number(index);
    if (value.isPresent() && value.getAsDouble() < least) {
      return problem(
          index,
          "is too small for a count (at least %s); give plain numbers, not millions or billions"
              .formatted(Figures.whole((long) least)));
    }
    return value;
  }

  /** A budget that is of the size of 6 N D. */
  OptionalDouble budget(int index, double sixNd) {
    OptionalDouble value = number(index);
    if (value.isPresent()) {
      double ratio = value.getAsDouble() / sixNd;
      if (!(ratio > 1 / FARTHEST_FROM_SIX_N_D && ratio < FARTHEST_FROM_SIX_N_D)) {
        return problem(
            index,
            "does not go with 6 x parameters x tokens = %s; give FLOPs, parameters and tokens as plain numbers"
                .formatted(Figures.flops(sixNd)));
      }
    }
    return value;
  }

  private OptionalDouble problem(int index, String what) {
    problems.add(
        "%s, line %d: %s '%s' %s".formatted(source, row.line(), name(index), text(index), what));
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
