package dev.isoflop.operator.laws;

/** Where an optimum lies, seen from the sizes that were trained. */
public enum Side {
  BELOW,
  ABOVE
}
