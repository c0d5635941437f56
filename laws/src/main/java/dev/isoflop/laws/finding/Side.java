package dev.isoflop.laws.finding;

/** Side of the trained sizes on which an optimum lies. */
public enum Side {
  BELOW,
  ABOVE
}
