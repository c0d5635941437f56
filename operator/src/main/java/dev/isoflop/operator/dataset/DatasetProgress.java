package dev.isoflop.operator.dataset;

/** Hears what is being done, in short lines for a person. */
@FunctionalInterface
public interface DatasetProgress {
  void report(String line);
}
