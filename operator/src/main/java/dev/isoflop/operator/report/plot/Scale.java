package dev.isoflop.operator.report.plot;

import java.util.List;

/** Mapping of values to an axis. */
public sealed interface Scale permits LinearScale, LogScale {

  double low();

  double high();

  /** Position of a value: 0 at {@link #low()}, 1 at {@link #high()}; beyond both outside. */
  double fraction(double value);

  /** The value at a fraction; the inverse of {@link #fraction}. */
  double value(double fraction);

  /** Whether the scale can show the value at all, inside its ends or not. */
  boolean shows(double value);

  /**
   * Round values from low to high, ascending.
   *
   * @param labels how many labels there is room for, at least 2
   */
  List<Tick> ticks(int labels);

  /** Whether the value lies between the ends. */
  default boolean covers(double value) {
    return shows(value) && value >= low() && value <= high();
  }
}
