package dev.isoflop.operator.sweep.status;

import dev.isoflop.api.v1alpha1.status.LawStatus;
import dev.isoflop.api.v1alpha1.status.LawsStatus;
import dev.isoflop.api.v1alpha1.status.OptimumStatus;
import dev.isoflop.api.v1alpha1.status.PredictionStatus;
import dev.isoflop.laws.data.LawQuantity;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The fields of a status that hold a quantity; null where the status has none. */
public final class StatusQuantities {
  private StatusQuantities() {}

  /** The name of its fields, such as {@code parameters}; also its label on gauges. */
  public static String field(LawQuantity quantity) {
    return quantity.name().toLowerCase(Locale.ROOT);
  }

  /** The law of a quantity. */
  public static @Nullable LawStatus law(LawsStatus laws, LawQuantity quantity) {
    return switch (quantity) {
      case PARAMETERS -> laws.parameters();
      case TOKENS -> laws.tokens();
      case SAMPLES -> laws.samples();
      case LOSS -> laws.loss();
    };
  }

  /** The value of a quantity at the optimum of one budget. */
  public static @Nullable Double value(OptimumStatus optimum, LawQuantity quantity) {
    return switch (quantity) {
      case PARAMETERS -> optimum.parameters();
      case TOKENS -> optimum.tokens();
      case SAMPLES -> optimum.samples();
      case LOSS -> optimum.loss();
    };
  }

  /** The predicted value of a quantity. */
  public static @Nullable Double value(PredictionStatus prediction, LawQuantity quantity) {
    return switch (quantity) {
      case PARAMETERS -> prediction.parameters();
      case TOKENS -> prediction.tokens();
      case SAMPLES -> prediction.samples();
      case LOSS -> prediction.loss();
    };
  }
}
