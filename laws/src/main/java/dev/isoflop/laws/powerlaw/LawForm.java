package dev.isoflop.laws.powerlaw;

/** The two shapes that a law may have. */
public enum LawForm {
  /** {@code k C^a}: falls to zero, or grows, without end. */
  POWER,
  /** {@code e + k C^a} with negative a: levels off at e. */
  SATURATING
}
