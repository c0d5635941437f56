package dev.isoflop.laws.finding;

/** Where an optimum lies, seen from the sizes that were trained. */
public enum Side {
  BELOW,
  ABOVE
}
