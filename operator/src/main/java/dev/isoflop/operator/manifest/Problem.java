package dev.isoflop.operator.manifest;

import dev.isoflop.text.ShownText;

/**
 * One thing that is wrong with a manifest.
 *
 * @param field where, such as {@code spec.grid.span}
 * @param what what stands there and what is wrong with it
 * @param remedy the way out
 */
public record Problem(String field, String what, String remedy) {
  /**
   * Name in place of a field for the file as a whole, which whoever shows the problem names anyway.
   */
  static final String FILE = "file";

  /** One line for people. */
  public String message() {
    return ShownText.message((field.equals(FILE) ? "" : field + ": ") + what + "; " + remedy);
  }
}
