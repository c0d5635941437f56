package dev.isoflop.operator.sweep.status;

import static java.util.stream.Collectors.joining;

import dev.isoflop.api.v1alpha1.ScalingSweepStatus;
import dev.isoflop.api.v1alpha1.bounds.Bounds;
import dev.isoflop.api.v1alpha1.status.TrialCounts;
import dev.isoflop.laws.fit.Laws;
import dev.isoflop.laws.powerlaw.PowerLaw;
import dev.isoflop.laws.text.NumberFormat;
import dev.isoflop.operator.plan.PlanWarning;
import dev.isoflop.operator.plan.SweepPlan;
import dev.isoflop.operator.sweep.laws.FittedLaws;
import dev.isoflop.operator.sweep.observe.MetricsHealth;
import dev.isoflop.operator.sweep.observe.SweepObservation;
import dev.isoflop.operator.sweep.observe.TrialObservation;
import dev.isoflop.operator.sweep.state.ConditionSet;
import dev.isoflop.operator.sweep.state.ConditionSet.Truth;
import dev.isoflop.operator.sweep.state.ConditionType;
import dev.isoflop.operator.sweep.state.Hold;
import dev.isoflop.operator.sweep.state.LaunchGate;
import dev.isoflop.operator.sweep.state.SweepProgress;
import dev.isoflop.operator.sweep.state.Text;
import dev.isoflop.operator.sweep.state.TrialState;
import dev.isoflop.trial.OutcomeType;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Derives all conditions of a sweep that has a plan, and no others. */
public final class SweepConditions {
  /** Names in a message, before the rest is only counted. */
  private static final int NAMED = 3;

  private final SweepProgress progress;
  private final FittedLaws fitted;
  private final TrialCounts counts;
  private final ConditionSet conditions;

  SweepConditions(SweepProgress progress, FittedLaws fitted) {
    this.progress = progress;
    this.fitted = fitted;
    this.counts = progress.counts();
    SweepObservation observed = progress.observed();
    this.conditions =
        new ConditionSet(
            observed.status().map(ScalingSweepStatus::conditions).orElse(List.of()),
            observed.now(),
            observed.generation());
  }

  List<Condition> list() {
    accepted();
    progressing();
    metricsAvailable(conditions, progress.observed().metrics());
    lawsFitted();
    degraded();
    finished();
    succeeded();
    return conditions.list();
  }

  private void accepted() {
    SweepPlan plan = progress.plan();
    String grid =
        "%s at %s%s, %s FLOPs"
            .formatted(
                NumberFormat.several(plan.trials().size(), "trial"),
                NumberFormat.several(plan.budgets().size(), "budget"),
                beyondGrid(),
                NumberFormat.flops(plan.flops()));
    List<String> parts = new ArrayList<>(List.of(grid));
    plan.warnings().stream().map(PlanWarning::message).forEach(parts::add);
    conditions.set(
        ConditionType.Accepted, Truth.True, SweepReason.Planned, Text.join(parts, Bounds.MESSAGE));
  }

  private String beyondGrid() {
    int extra = progress.plan().budgets().stream().mapToInt(progress::extraSizes).sum();
    String check =
        progress
            .checkTrial()
            .map(trial -> ", and one at " + NumberFormat.flops(trial.planned().budget()))
            .orElse("");
    return (extra == 0 ? "" : ", %s beyond the grid".formatted(NumberFormat.several(extra, "size")))
        + check;
  }

  private void progressing() {
    boolean running = progress.anyRunning();
    String standing =
        "%d running, %d queued, %s ended%s"
            .formatted(counts.running(), counts.queued(), counts.summary(), waits());
    if (progress.finished()) {
      SweepReason reason =
          progress.failuresExceeded() ? SweepReason.FailuresExceeded : SweepReason.Completed;
      progressing(Truth.False, reason, standing);
      return;
    }
    switch (progress.gate()) {
      case StopRequested ->
          progressing(
              running ? Truth.True : Truth.False,
              running ? SweepReason.Stopping : SweepReason.Stopped,
              standing);
      case Suspended ->
          progressing(
              running ? Truth.True : Truth.False,
              running ? SweepReason.Suspending : SweepReason.Suspended,
              standing + "; set spec.suspend to false to go on");
      case Held ->
          progressing(
              Truth.True,
              progress.hold().orElseThrow().common() ? SweepReason.CommonFault : SweepReason.Held,
              standing + "; launches are held: " + HeldWords.fault(progress.hold().orElseThrow()));
      case Draining -> progressing(Truth.True, SweepReason.Draining, standing);
      case Cancelling -> progressing(Truth.True, SweepReason.Cancelling, standing);
      case OutsideWindow ->
          progressing(
              Truth.True,
              running ? runningReason() : SweepReason.WaitingForWindow,
              standing
                  + progress
                      .observed()
                      .window()
                      .nextChange()
                      .map(next -> "; the launch window opens at " + next)
                      .orElse(
                          "; the launch window does not open again; change or remove"
                              + " spec.scheduling.window"));
      case Open -> progressing(Truth.True, running ? runningReason() : waitingReason(), standing);
    }
  }

  /** Running, unless every attempt waits. */
  private SweepReason runningReason() {
    boolean working =
        progress.trials().stream().anyMatch(trial -> trial.running() && trial.waits().isEmpty());
    return working ? SweepReason.Running : SweepReason.WaitingForCluster;
  }

  /**
   * How many attempts hold a slot without working, and why the first of them does, unless that is
   * the fault that holds the sweep.
   */
  private String waits() {
    List<TrialState> waiting =
        progress.trials().stream()
            .filter(trial -> trial.waits().isPresent())
            .filter(trial -> progress.gate() != LaunchGate.Held || trial.blocker().isEmpty())
            .toList();
    return waiting.isEmpty()
        ? ""
        : "; %d of those running %s: %s: %s"
            .formatted(
                waiting.size(),
                waiting.size() == 1 ? "waits" : "wait",
                waiting.get(0).name(),
                waiting.get(0).waits().orElseThrow());
  }

  private SweepReason waitingReason() {
    boolean slots = progress.observed().slots() > 0;
    return slots ? SweepReason.BackingOff : SweepReason.WaitingForSlots;
  }

  private void progressing(Truth truth, SweepReason reason, String message) {
    conditions.set(ConditionType.Progressing, truth, reason, message);
  }

  public static void metricsAvailable(ConditionSet conditions, MetricsHealth health) {
    if (health instanceof MetricsHealth.Unavailable unavailable) {
      conditions.set(
          ConditionType.MetricsAvailable,
          Truth.False,
          SweepReason.CollectionFailed,
          unavailable.message() + "; results are not affected");
    } else if (health instanceof MetricsHealth.Available) {
      conditions.set(
          ConditionType.MetricsAvailable,
          Truth.True,
          SweepReason.Collected,
          "metrics of workers arrive");
    } else {
      conditions.set(
          ConditionType.MetricsAvailable,
          Truth.Unknown,
          SweepReason.NotCollected,
          "nothing collected yet");
    }
  }

  private void lawsFitted() {
    int all = progress.plan().budgets().size();
    int fits = (int) fitted.curves().stream().filter(curve -> curve.interior()).count();
    if (fitted.fitted()) {
      Laws laws = fitted.laws().orElseThrow();
      String found =
          "N* = %s, D* = %s, loss = %s from %d of %s"
              .formatted(
                  law(laws.parameters().value().orElseThrow()),
                  law(laws.tokens().value().orElseThrow()),
                  law(laws.loss().value().orElseThrow()),
                  laws.parameters().value().orElseThrow().points().size(),
                  NumberFormat.several(all, "budget"));
      conditions.set(
          ConditionType.LawsFitted,
          Truth.True,
          fitted.provisional() ? SweepReason.Provisional : SweepReason.Fitted,
          found);
    } else if (fitted.provisional()) {
      conditions.set(
          ConditionType.LawsFitted,
          Truth.False,
          SweepReason.Waiting,
          "%d of %s with an optimum; laws need %d"
              .formatted(fits, NumberFormat.several(all, "curve"), FittedLaws.CURVES_NEEDED));
    } else {
      String why =
          Text.join(
              fitted.laws().stream()
                  .flatMap(laws -> laws.findings().stream())
                  .map(new Remedies(progress, fitted)::message)
                  .toList(),
              Bounds.MESSAGE);
      conditions.set(
          ConditionType.LawsFitted,
          Truth.False,
          SweepReason.Refused,
          why.isEmpty() ? "no trial succeeded" : why);
    }
  }

  private static String law(PowerLaw law) {
    return NumberFormat.number(law.coefficient()) + " C^" + NumberFormat.number(law.exponent());
  }

  private void degraded() {
    List<String> problems = new ArrayList<>();
    SweepReason reason = SweepReason.AsPlanned;
    if (!progress.unplanned().isEmpty()) {
      reason = SweepReason.UnplannedTrials;
      problems.add(
          named(
              "not in the plan, so not run; delete what is not needed",
              progress.unplanned().stream().map(TrialObservation::name)));
    }
    if (counts.excluded() > 0) {
      reason = SweepReason.TrialsExcluded;
      problems.add(0, ended(OutcomeType.Excluded, "excluded from the fits"));
    }
    if (counts.failed() > 0) {
      reason = SweepReason.TrialsFailed;
      problems.add(0, ended(OutcomeType.Failed, "failed"));
    }
    if (progress.finished() && fitted.fitted() && uncheckable()) {
      reason = problems.isEmpty() ? SweepReason.PredictionNotTrained : reason;
      problems.add(
          "laws.validatePrediction: nothing can be trained at %s, as the laws do not reach so far or no shape takes enough steps there; choose another budget"
              .formatted(NumberFormat.flops(progress.planned().reserve().checked().orElseThrow())));
    }
    if (progress.failuresExceeded()) {
      reason = SweepReason.FailuresExceeded;
      problems.add(
          0,
          "%s, and spec.scheduling.failures.perSweep allows %d; fix the cause, or raise it"
              .formatted(
                  NumberFormat.several(counts.failed(), "failed trial"),
                  progress.observed().spec().scheduling().failures().perSweep()));
    }
    String cause = reason.name();
    if (progress.hold().isPresent() && !progress.finished()) {
      Hold hold = progress.hold().get();
      cause = hold.common() ? SweepReason.CommonFault.name() : hold.reason().name();
      problems.add(0, HeldWords.degraded(hold, progress));
    }
    conditions.set(
        ConditionType.Degraded,
        problems.isEmpty() ? Truth.False : Truth.True,
        cause,
        problems.isEmpty() ? "nothing needs a look" : Text.join(problems, Bounds.MESSAGE));
  }

  private boolean uncheckable() {
    return progress.planned().reserve().checked().isPresent()
        && progress.checkTrial().isEmpty()
        && !progress.failuresExceeded();
  }

  private String ended(OutcomeType type, String what) {
    return named(
        what,
        progress.trials().stream().filter(trial -> trial.ended(type)).map(TrialState::described));
  }

  private static String named(String what, Stream<String> names) {
    List<String> all = names.toList();
    String more = all.size() > NAMED ? " and %d more".formatted(all.size() - NAMED) : "";
    return all.stream().limit(NAMED).collect(joining(", ")) + more + " " + what;
  }

  private void finished() {
    if (progress.finished()) {
      conditions.set(
          ConditionType.Finished,
          Truth.True,
          progress.allEnded() ? SweepReason.AllTrialsEnded : SweepReason.FailuresExceeded,
          counts.summary() + " trials ended");
    } else {
      conditions.set(
          ConditionType.Finished,
          Truth.False,
          SweepReason.TrialsRemain,
          NumberFormat.several(counts.queued() + counts.running(), "trial") + " to go");
    }
  }

  private void succeeded() {
    if (!progress.finished()) {
      conditions.set(
          ConditionType.Succeeded, Truth.Unknown, SweepReason.TrialsRemain, "not finished yet");
    } else if (progress.failuresExceeded()) {
      conditions.set(
          ConditionType.Succeeded,
          Truth.False,
          SweepReason.FailuresExceeded,
          NumberFormat.several(counts.failed(), "trial") + " failed; see the condition Degraded");
    } else if (!fitted.fitted()) {
      conditions.set(
          ConditionType.Succeeded,
          Truth.False,
          SweepReason.LawsRefused,
          "all trials ended, but the laws could not be fitted; see the condition LawsFitted");
    } else {
      conditions.set(
          ConditionType.Succeeded,
          Truth.True,
          SweepReason.LawsFitted,
          "all trials ended, laws fitted");
    }
  }
}
