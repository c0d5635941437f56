package dev.isoflop.operator.report.plot;

import java.util.Optional;

/**
 * A place on an axis.
 *
 * @param label empty for a minor tick
 */
public record Tick(double value, Optional<RichText> label) {

  static Tick major(double value, RichText label) {
    return new Tick(value, Optional.of(label));
  }

  static Tick minor(double value) {
    return new Tick(value, Optional.empty());
  }
}
