package dev.isoflop.laws.fit;

import dev.isoflop.laws.data.LawQuantity;
import dev.isoflop.laws.data.LawSubject;
import dev.isoflop.laws.finding.FitError;
import dev.isoflop.laws.isoflop.Optimum;
import dev.isoflop.laws.options.LawOptions;
import dev.isoflop.laws.powerlaw.LawPoint;
import dev.isoflop.laws.powerlaw.LawPrediction;
import dev.isoflop.laws.powerlaw.OptimumLaw;
import dev.isoflop.laws.powerlaw.PowerLaw;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Validates laws on what they have: fits the smaller budgets and predicts every larger one. */
final class RollingValidation {

  private final LawOptions options;

  RollingValidation(LawOptions options) {
    this.options = options;
  }

  /**
   * All checks for which there are laws of the main quantities, by number of budgets fitted, then
   * by budget.
   */
  List<HeldOutBudget> checks(List<Optimum> optima) {
    List<HeldOutBudget> checks = new ArrayList<>();
    for (int fitted = FitError.TooFewBudgets.NEEDED; fitted < optima.size(); fitted++) {
      List<Optimum> smaller = optima.subList(0, fitted);
      List<Double> budgets = smaller.stream().map(Optimum::budget).toList();
      Map<LawQuantity, PowerLaw> laws = laws(smaller);
      for (Optimum larger : optima.subList(fitted, optima.size())) {
        Map<LawSubject, LawPrediction> predictions = predictions(laws, larger.budget());
        if (predictions.keySet().containsAll(LawQuantity.mainOnes())) {
          checks.add(HeldOutBudget.of(larger, budgets, predictions));
        }
      }
    }
    return checks;
  }

  private Map<LawQuantity, PowerLaw> laws(List<Optimum> optima) {
    Map<LawQuantity, PowerLaw> laws = new EnumMap<>(LawQuantity.class);
    for (LawQuantity quantity : LawQuantity.values()) {
      List<LawPoint> points =
          optima.stream()
              .flatMap(
                  optimum ->
                      optimum.value(quantity).stream()
                          .mapToObj(value -> new LawPoint(optimum.budget(), value)))
              .toList();
      OptimumLaw.fit(quantity.law(), points, quantity.mayLevelOff(), options)
          .value()
          .ifPresent(law -> laws.put(quantity, law));
    }
    return laws;
  }

  private static Map<LawSubject, LawPrediction> predictions(
      Map<LawQuantity, PowerLaw> laws, double flops) {
    Map<LawSubject, LawPrediction> predictions = new LinkedHashMap<>();
    laws.forEach(
        (quantity, law) -> {
          if (law.reaches(flops)) {
            predictions.put(quantity, law.predict(flops));
          }
        });
    return predictions;
  }
}
