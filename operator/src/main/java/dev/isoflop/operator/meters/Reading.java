package dev.isoflop.operator.meters;

import io.micrometer.core.instrument.Tags;

/**
 * One value of a gauge.
 *
 * @param tags beside those of the sweep
 */
record Reading(String name, Tags tags, double value) {
  static Reading of(String name, double value, String... tags) {
    return new Reading(name, Tags.of(tags), value);
  }
}
