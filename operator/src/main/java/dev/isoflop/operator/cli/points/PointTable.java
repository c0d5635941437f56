package dev.isoflop.operator.cli.points;

import dev.isoflop.operator.laws.TrainedPoint;
import java.util.List;

/**
 * Points read from a table.
 *
 * @param convention how its budgets count FLOPs, as far as the table tells
 * @param notes what was assumed or passed over
 */
public record PointTable(List<TrainedPoint> points, String convention, List<String> notes) {
  /** The convention of budgets that are not 6 N D and came without an explanation. */
  public static final String UNSTATED = "Unstated";

  public PointTable {
    points = List.copyOf(points);
    notes = List.copyOf(notes);
  }
}
