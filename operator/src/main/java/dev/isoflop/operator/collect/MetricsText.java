package dev.isoflop.operator.collect;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reader of Prometheus' text format, version 0.0.4: comments, labels with escapes, values such as
 * {@code NaN} and {@code +Inf}, optional timestamps. One broken line refuses the whole page, since
 * half a page would look like a worker that stopped reporting something.
 *
 * @see <a href="https://prometheus.io/docs/instrumenting/exposition_formats/">Exposition
 *     formats</a>
 */
public final class MetricsText {
  private MetricsText() {}

  /** The samples of a page in its order; none for an empty page. */
  public static List<Sample> parse(String page) throws MalformedMetricsException {
    List<Sample> samples = new ArrayList<>();
    int number = 0;
    try (Stream<String> lines = page.lines()) {
      for (String line : (Iterable<String>) lines::iterator) {
        number++;
        if (!line.isBlank() && !line.startsWith("#")) {
          samples.add(new SampleLine(line, number).read());
        }
      }
    }
    return List.copyOf(samples);
  }
}
