package dev.isoflop.operator.cli.laws;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.isoflop.api.v1alpha1.ScalingSweepStatus;
import dev.isoflop.api.v1alpha1.status.BudgetStatus;
import dev.isoflop.api.v1alpha1.status.PredictionStatus;
import dev.isoflop.laws.data.LawQuantity;
import dev.isoflop.laws.fit.Laws;
import dev.isoflop.laws.isoflop.IsoFlopCurve;
import dev.isoflop.laws.options.LawOptions;
import dev.isoflop.operator.sweep.status.CurveMapping;
import dev.isoflop.operator.sweep.status.PredictionMapping;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Results of a fit, as they are shown and exchanged. It is made of the status' own types, so that a
 * status can be read as one and nothing that reads a status fails on it; but metrics may have any
 * name, and a FLOP convention may be unstated.
 *
 * @param fit how it was fitted; absent in a status, where the spec says it
 * @param budgets one per isoFLOP curve, ascending
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LawSheet(
    @Nullable FitSetting fit,
    List<BudgetStatus> budgets,
    @Nullable LawEntries laws,
    List<PredictionStatus> predictions) {

  public LawSheet {
    budgets = budgets == null ? List.of() : List.copyOf(budgets);
    predictions = predictions == null ? List.of() : List.copyOf(predictions);
  }

  /**
   * The sheet of a fit; the budgets held out are predicted first, then those asked for. JSON knows
   * no infinity, so open intervals are absent.
   *
   * @param predict budgets to predict, training FLOPs
   */
  public static LawSheet of(Laws laws, LawOptions options, List<Double> predict) {
    List<PredictionStatus> predictions = new ArrayList<>();
    for (IsoFlopCurve curve : laws.heldOutCurves()) {
      predictions.add(
          PredictionMapping.of(
              laws.predict(curve.budget()),
              curve
                  .optimum()
                  .value()
                  .map(it -> new PredictionMapping.Found(it.loss(), it.parameters()))
                  .orElse(null)));
    }
    predict.forEach(flops -> predictions.add(PredictionMapping.of(laws.predict(flops), null)));
    return new LawSheet(
        FitSetting.of(options, laws.heldOutBudgets()),
        laws.allCurves().stream().map(CurveMapping::of).toList(),
        LawEntries.of(laws, options.referenceDataset()),
        predictions);
  }

  /** The sheet of a sweep's status. */
  public static LawSheet of(ScalingSweepStatus status) {
    return SheetFile.MAPPER.convertValue(status, LawSheet.class);
  }

  /** Whether one of these is there. */
  @JsonIgnore
  public boolean any() {
    return laws != null
        && LawQuantity.mainOnes().stream().anyMatch(quantity -> laws.law(quantity) != null);
  }

  /** Whether the laws that a sweep is for are there. */
  @JsonIgnore
  public boolean complete() {
    return laws != null
        && LawQuantity.mainOnes().stream().allMatch(quantity -> laws.law(quantity) != null);
  }
}
