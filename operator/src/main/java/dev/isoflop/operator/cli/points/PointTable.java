package dev.isoflop.operator.cli.points;

import dev.isoflop.laws.data.MetricSeries;
import dev.isoflop.laws.data.TrainedPoint;
import java.util.List;
import java.util.Optional;

/**
 * Points read from a table.
 *
 * @param convention how its budgets count FLOPs, as far as the table tells
 * @param lossSeries what the loss is: one of the metrics if it equals that in every row
 * @param referenceDataset the first evaluation set that the metrics name
 * @param notes what was assumed or passed over
 */
public record PointTable(
    List<TrainedPoint> points,
    String convention,
    MetricSeries lossSeries,
    Optional<String> referenceDataset,
    List<String> notes) {

  /** The convention of budgets that are not 6 N D and came without an explanation. */
  public static final String UNSTATED = "Unstated";

  public PointTable {
    points = List.copyOf(points);
    notes = List.copyOf(notes);
  }
}
