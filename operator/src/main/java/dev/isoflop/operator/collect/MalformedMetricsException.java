package dev.isoflop.operator.collect;

/** A metrics page breaks the text format; the message names line and column. */
public final class MalformedMetricsException extends Exception {
  private static final long serialVersionUID = 1;

  MalformedMetricsException(int line, int column, String problem) {
    super("line " + line + ", column " + column + ": " + problem);
  }
}
