package dev.isoflop.operator.report.input;

import dev.isoflop.laws.data.MetricSeries;
import java.util.Comparator;
import java.util.List;

/**
 * The order in which a report lists measurements: the fitted loss's metric first, then by name; in
 * a metric the evaluation sets as the sweep names them, so that the first is the reference.
 */
public final class SeriesOrder {

  private SeriesOrder() {}

  public static Comparator<String> metrics(ReportInput input) {
    return Comparator.<String, Boolean>comparing(name -> !name.equals(input.lossSeries().metric()))
        .thenComparing(Comparator.naturalOrder());
  }

  public static Comparator<MetricSeries> series(ReportInput input) {
    List<String> sets =
        input
            .spec()
            .map(spec -> spec.data().evaluation().stream().map(set -> set.name()).toList())
            .orElse(List.of(input.lossSeries().dataset()));
    return Comparator.comparing(MetricSeries::metric, metrics(input))
        .thenComparingInt(series -> place(sets, series.dataset()))
        .thenComparing(MetricSeries::dataset);
  }

  private static int place(List<String> sets, String set) {
    int place = sets.indexOf(set);
    return place < 0 ? sets.size() : place;
  }
}
