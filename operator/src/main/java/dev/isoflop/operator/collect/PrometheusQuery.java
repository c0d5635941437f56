package dev.isoflop.operator.collect;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.isoflop.metric.MetricNames;
import java.net.URLEncoder;

/**
 * The one query that is asked: the newest samples of a sweep's trials.
 *
 * @param namespace of the sweep
 */
record PrometheusQuery(String namespace, String sweep) {
  private static final String NAMES = String.join("|", TrialValues.NAMES);

  /** The query as the body of a form. */
  String form() {
    String query =
        "{__name__=~\"%s\",%s=\"%s\",%s=\"%s\"}"
            .formatted(NAMES, MetricNames.NAMESPACE, namespace, MetricNames.SWEEP, sweep);
    return "query=" + URLEncoder.encode(query, UTF_8);
  }
}
