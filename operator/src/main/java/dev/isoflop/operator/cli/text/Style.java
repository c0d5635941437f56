package dev.isoflop.operator.cli.text;

/** Meaning of a piece of text; an {@link Ink} decides how that looks. */
public enum Style {
  PLAIN,
  HEADING,
  FAINT,
  GOOD,
  WARNING,
  BAD
}
