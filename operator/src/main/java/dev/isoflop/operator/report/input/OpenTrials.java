package dev.isoflop.operator.report.input;

import dev.isoflop.api.v1alpha1.ScalingSweepStatus;
import dev.isoflop.laws.finding.Finding;
import dev.isoflop.laws.finding.FitError;
import dev.isoflop.laws.text.NumberFormat;
import dev.isoflop.operator.report.words.Phrases;
import dev.isoflop.operator.sweep.state.ConditionType;
import java.util.List;
import java.util.Optional;

/**
 * The trials of a sweep that have not ended. While there are any, much is only not there yet: a law
 * that lacks budgets which still train is no fault, and a report says so without alarm.
 */
public record OpenTrials(List<ReportTrial> trials) {

  public OpenTrials {
    trials = List.copyOf(trials);
  }

  /** A fit that waits for trials to end: its subject, and why it is not there yet. */
  public record Waiting(String subject, String reason) {

    public String sentence() {
      return Phrases.capital(subject) + ": not yet; " + reason;
    }
  }

  /** None for points of a file, and none of a sweep that has finished. */
  static OpenTrials of(ReportInput input) {
    boolean finished =
        input
            .status()
            .map(ScalingSweepStatus::conditions)
            .filter(ConditionType.Finished::isTrue)
            .isPresent();
    return new OpenTrials(
        input.spec().isEmpty() || finished
            ? List.of()
            : input.trials().stream().filter(trial -> trial.outcome().isEmpty()).toList());
  }

  public boolean any() {
    return !trials.isEmpty();
  }

  public boolean has(ReportTrial trial) {
    return trials.contains(trial);
  }

  /** Whether trials of a budget have not ended. */
  public boolean at(double budget) {
    return trials.stream().anyMatch(trial -> BudgetLevels.same(trial.budget(), budget));
  }

  private long budgets() {
    return trials.stream().mapToDouble(ReportTrial::budget).distinct().count();
  }

  /** Why a fit was refused: what it waits for if the open trials can still bring it. */
  public String why(FitError refusal) {
    return waiting(refusal).map(Waiting::sentence).orElse(refusal.message());
  }

  /** Empty where the open trials cannot bring what is missing. */
  public Optional<Waiting> waiting(Finding finding) {
    if (!any()) {
      return Optional.empty();
    }
    if (finding instanceof FitError.TooFewBudgets few) {
      int there = few.budgets().size();
      return there + budgets() < FitError.TooFewBudgets.NEEDED
          ? Optional.empty()
          : Optional.of(
              new Waiting(
                  few.quantity(),
                  "a law needs %d budgets with an optimum; %d %s one so far, and %d %s not complete"
                      .formatted(
                          FitError.TooFewBudgets.NEEDED,
                          there,
                          there == 1 ? "has" : "have",
                          budgets(),
                          budgets() == 1 ? "is" : "are")));
    } else if (finding instanceof FitError.TooFewPoints few) {
      return few.points() + trials.size() < few.needed()
          ? Optional.empty()
          : Optional.of(
              new Waiting(
                  "surface",
                  "it needs %d trials in the fit, %d %s there, and %s not ended"
                      .formatted(
                          few.needed(),
                          few.points(),
                          few.points() == 1 ? "is" : "are",
                          openTrials())));
    } else if (finding instanceof FitError.SurfaceUndetermined) {
      return Optional.of(
          new Waiting(
              "surface",
              "the trials in the fit do not determine it, and " + openTrials() + " not ended"));
    } else if (finding instanceof FitError.TooFewCrossings) {
      return Optional.of(
          new Waiting(
              "envelope", "its curves cross too seldom, and " + openTrials() + " not ended"));
    }
    return Optional.empty();
  }

  private String openTrials() {
    return NumberFormat.several(trials.size(), "trial") + (trials.size() == 1 ? " has" : " have");
  }
}
