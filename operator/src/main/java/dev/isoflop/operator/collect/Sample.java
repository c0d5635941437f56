package dev.isoflop.operator.collect;

import java.util.Map;

/** One line of a metrics page: a value of a labelled series. */
public record Sample(String name, Map<String, String> labels, double value) {
  public Sample {
    labels = Map.copyOf(labels);
  }
}
