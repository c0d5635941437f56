package dev.isoflop.operator.report.csv;

import dev.isoflop.operator.report.input.LossCurve;
import dev.isoflop.operator.report.input.ReportInput;
import java.util.List;

/** Every point of every training curve that the report was given. */
public final class CurvesCsv {

  static final List<String> COLUMNS =
      List.of("trial", "step", "tokens", "flops", "train_loss", "smoothed_train_loss");

  private CurvesCsv() {}

  /** The curves in the order of the input, each by ascending step. */
  public static String render(ReportInput input) {
    CsvFile file = new CsvFile(COLUMNS);
    for (LossCurve curve : input.curves()) {
      for (LossCurve.Point point : curve.points()) {
        file.row(
            List.of(
                curve.trial(),
                Long.toString(point.step()),
                CsvFile.number(point.tokens()),
                CsvFile.number(point.flops()),
                CsvFile.number(point.trainLoss()),
                CsvFile.number(point.smoothed())));
      }
    }
    return file.toString();
  }
}
