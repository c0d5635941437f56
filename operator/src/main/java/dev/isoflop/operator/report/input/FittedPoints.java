package dev.isoflop.operator.report.input;

import dev.isoflop.laws.isoflop.IsoFlopCurve;
import dev.isoflop.operator.report.words.MeasuredValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which trials entered a curve, and why the others did not.
 *
 * @param left trials with a place in the plane of size and loss that did not enter
 * @param early those that succeeded before their budget is complete; they have such a place too
 * @param invisible trials without such a place
 * @param open trials that have not ended
 */
public record FittedPoints(
    Set<String> used,
    List<ReportTrial> left,
    List<ReportTrial> early,
    List<ReportTrial> invisible,
    OpenTrials open) {

  public static FittedPoints of(ReportInput input) {
    Set<String> used = new HashSet<>();
    input.allCurves().stream()
        .map(IsoFlopCurve::points)
        .flatMap(List::stream)
        .forEach(point -> used.add(point.trial()));
    List<ReportTrial> left = new ArrayList<>();
    List<ReportTrial> early = new ArrayList<>();
    List<ReportTrial> invisible = new ArrayList<>();
    OpenTrials open = input.open();
    for (ReportTrial trial : input.trials()) {
      if (!used.contains(trial.name())) {
        if (!placed(trial)) {
          invisible.add(trial);
        } else if (trial.succeeded() && open.at(trial.budget())) {
          early.add(trial);
        } else {
          left.add(trial);
        }
      }
    }
    return new FittedPoints(used, left, early, invisible, open);
  }

  /** Whether a trial has a size and a loss that a plot can show. */
  private static boolean placed(ReportTrial trial) {
    Optional<MeasuredValue> loss = trial.loss().filter(MeasuredValue::isFinite);
    return loss.isPresent()
        && trial.size().parameters().isPresent()
        && trial.size().parameters().getAsDouble() > 0
        && Double.isFinite(trial.size().parameters().getAsDouble());
  }

  /** Why a trial is not part of the fit. */
  public String reason(ReportTrial trial) {
    if (!trial.succeeded()) {
      return trial.reason();
    }
    if (open.at(trial.budget())) {
      return "other trials of its budget have not ended";
    }
    return trial.loss().isEmpty() ? "it measured no loss" : "the fit did not take it";
  }
}
