package dev.isoflop.laws.options;

import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * Options of the isoFLOP curves.
 *
 * @param budgetTolerance points whose FLOPs lie within this share of a common budget form one curve
 *     (two of them may thus differ by up to twice the share, and a little more), unless two exact
 *     budgets with three sizes each would become one
 * @param lossScale what the parabolas describe
 * @param outliers what becomes of trials that their curve cannot explain
 */
@RecordBuilder
public record CurveOptions(double budgetTolerance, LossScale lossScale, OutlierTreatment outliers)
    implements CurveOptionsBuilder.With {

  public CurveOptions {
    if (!(budgetTolerance >= 0 && budgetTolerance < 0.5)) {
      throw new IllegalArgumentException(
          "budgetTolerance: " + budgetTolerance + " must lie in [0, 0.5), such as 0.1");
    }
  }

  public static CurveOptions defaults() {
    return new CurveOptions(0.1, LossScale.LINEAR, OutlierTreatment.REPORT);
  }
}
