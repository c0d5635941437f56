package dev.isoflop.worker.evaluate;

import dev.isoflop.common.Sha256;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * All that decides what a measured number means, besides the model: data, weights, settings. Two
 * numbers are comparable when their records are equal, which is when their digests are.
 *
 * @param entries in the order in which they were told; immutable
 */
public record MeasurementRecord(Map<String, String> entries) {
  public MeasurementRecord {
    entries.forEach(
        (name, value) -> {
          if (name.isEmpty() || name.indexOf('=') >= 0 || (name + value).indexOf('\n') >= 0) {
            throw new IllegalArgumentException(
                "a record's entry is one line, its name without '=': '%s' '%s'"
                    .formatted(name, value));
          }
        });
    entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
  }

  /**
   * A record of nothing yet.
   *
   * @param method what is computed and by which version of it: raise the version when the same
   *     settings give other numbers
   */
  public static MeasurementRecord of(String method, int version) {
    return new MeasurementRecord(Map.of("method", method + " " + version));
  }

  /** This record and one thing more. */
  public MeasurementRecord with(String name, Object value) {
    Map<String, String> more = new LinkedHashMap<>(entries);
    if (more.put(name, String.valueOf(value)) != null) {
      throw new IllegalArgumentException(name + " is in the record already");
    }
    return new MeasurementRecord(more);
  }

  /** One line for each entry: what is digested. */
  public String canonicalText() {
    StringBuilder text = new StringBuilder();
    entries.forEach((name, value) -> text.append(name).append('=').append(value).append('\n'));
    return text.toString();
  }

  /** {@code sha256:} and 64 hexadecimal digits: the provenance that a result carries. */
  public String digest() {
    return Sha256.of(canonicalText());
  }
}
