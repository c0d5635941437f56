package dev.isoflop.helm;

import static java.util.Objects.requireNonNull;

import dev.isoflop.api.v1alpha1.Trial;
import dev.isoflop.metric.Metric;
import dev.isoflop.trial.TrialResult;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Validation losses of a sweep's trials, by budget and shape as they stand in a trial's name, such
 * as {@code 5e10-l2w8}: so sweeps of the same experiments can be compared.
 */
final class TrialLosses {
  private TrialLosses() {}

  /** Those of a sweep whose trials all have a result. */
  static Map<String, Double> of(KubernetesClient client, String namespace, String sweep) {
    Map<String, Double> losses = new TreeMap<>();
    for (Trial trial : client.resources(Trial.class).inNamespace(namespace).list().getItems()) {
      if (trial.getSpec().sweep().equals(sweep)) {
        TrialResult result = requireNonNull(requireNonNull(trial.getStatus()).result());
        losses.put(
            point(sweep, trial.getMetadata().getName()),
            result.metric(Metric.ValidationLoss, "scenes").orElseThrow().value());
      }
    }
    return losses;
  }

  /** Those of a run's {@code trials.csv}, or of a table that was kept of it. */
  static Map<String, Double> of(Path table, String sweep) throws IOException {
    List<String[]> rows =
        Files.readAllLines(table).stream()
            .filter(line -> !line.startsWith("#"))
            .map(line -> line.split(",", -1))
            .toList();
    List<String> columns = Arrays.asList(rows.get(0));
    Map<String, Double> losses = new TreeMap<>();
    for (String[] row : rows.subList(1, rows.size())) {
      losses.put(
          point(sweep, row[columns.indexOf("trial")]),
          Double.valueOf(row[columns.indexOf("loss")]));
    }
    return losses;
  }

  private static String point(String sweep, String trial) {
    return trial.substring(sweep.length() + 1, trial.lastIndexOf('-'));
  }
}
