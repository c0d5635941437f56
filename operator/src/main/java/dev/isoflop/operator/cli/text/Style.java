package dev.isoflop.operator.cli.text;

/** What a piece of text means; an {@link Ink} decides how that looks. */
public enum Style {
  PLAIN,
  HEADING,
  FAINT,
  GOOD,
  WARNING,
  BAD
}
