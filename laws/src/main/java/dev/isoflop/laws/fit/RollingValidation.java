package dev.isoflop.laws.fit;

import dev.isoflop.laws.finding.FitError;
import dev.isoflop.laws.isoflop.Optimum;
import dev.isoflop.laws.powerlaw.LawPoint;
import dev.isoflop.laws.powerlaw.PowerLaw;
import dev.isoflop.laws.powerlaw.PowerLawFitter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Validates laws on what they have: fits the smaller budgets and predicts every larger one. */
final class RollingValidation {

  private final PowerLawFitter fitter;

  RollingValidation(PowerLawFitter fitter) {
    this.fitter = fitter;
  }

  /** All checks that are possible, by number of budgets fitted, then by budget. */
  List<RollingCheck> checks(List<Optimum> optima) {
    List<RollingCheck> checks = new ArrayList<>();
    for (int fitted = FitError.TooFewBudgets.NEEDED; fitted < optima.size(); fitted++) {
      List<Optimum> smaller = optima.subList(0, fitted);
      Optional<PowerLaw> parameters = law("N*(C)", smaller, Optimum::parameters, false);
      Optional<PowerLaw> loss = law("loss(C)", smaller, Optimum::loss, true);
      if (parameters.isEmpty() || loss.isEmpty()) {
        continue;
      }
      for (Optimum larger : optima.subList(fitted, optima.size())) {
        if (!parameters.get().reaches(larger.budget()) || !loss.get().reaches(larger.budget())) {
          continue;
        }
        checks.add(
            new RollingCheck(
                larger.budget(),
                fitted,
                smaller.get(fitted - 1).budget(),
                new Check(parameters.get().predict(larger.budget()), larger.parameters()),
                new Check(loss.get().predict(larger.budget()), larger.loss())));
      }
    }
    return checks;
  }

  private Optional<PowerLaw> law(
      String quantity, List<Optimum> optima, ToDoubleFunction<Optimum> value, boolean mayLevelOff) {
    List<LawPoint> points =
        optima.stream()
            .map(optimum -> new LawPoint(optimum.budget(), value.applyAsDouble(optimum)))
            .toList();
    double[] equal = new double[points.size()];
    Arrays.fill(equal, 1);
    return fitter
        .fit(new PowerLawFitter.Task(quantity, points, equal, mayLevelOff), List.of())
        .value();
  }
}
