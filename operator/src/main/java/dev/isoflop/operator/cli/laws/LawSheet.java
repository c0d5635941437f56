package dev.isoflop.operator.cli.laws;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import dev.isoflop.api.v1alpha1.ScalingSweepStatus;
import dev.isoflop.api.v1alpha1.status.BudgetStatus;
import dev.isoflop.api.v1alpha1.status.PredictionStatus;
import dev.isoflop.laws.data.LawQuantity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was fitted, as it is shown and exchanged. It is made of the status' own types, so that a
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
