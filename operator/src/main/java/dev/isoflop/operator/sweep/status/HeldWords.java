package dev.isoflop.operator.sweep.status;

import dev.isoflop.operator.sweep.state.Hold;
import dev.isoflop.operator.sweep.state.LaunchGate;
import dev.isoflop.operator.sweep.state.SweepProgress;
import dev.isoflop.operator.sweep.state.TrialState;
import dev.isoflop.trial.OutcomeType;
import java.util.List;
import java.util.Optional;

/** Messages of a sweep that is held: the fault, what becomes of it by itself, and the way out. */
final class HeldWords {
  private static final String CHARGED = "; nothing is charged for it";

  private HeldWords() {}

  /** The fault alone, with its reason. */
  static String fault(Hold hold) {
    return hold.common() ? alike(hold) : hold.reason() + ": " + hold.message();
  }

  /** Message of a condition whose reason is the fault's. */
  static String degraded(Hold hold, SweepProgress progress) {
    return (hold.common() ? alike(hold) : hold.message())
        + CHARGED
        + outlook(progress)
        + alone(hold, progress).orElse("");
  }

  private static String alike(Hold hold) {
    return "the first trials all failed alike: " + hold.message();
  }

  private static String outlook(SweepProgress progress) {
    if (progress.gate() != LaunchGate.Held) {
      return ", and it is looked at again once trials may start";
    }
    Optional<TrialState> probe =
        progress.trials().stream()
            .filter(trial -> trial.waits().isPresent() && trial.blocker().isEmpty())
            .findFirst();
    return probe
        .map(
            trial ->
                ": all go on once one gets past it, and %s, which tries it, waits itself: %s"
                    .formatted(trial.name(), trial.waits().orElseThrow()))
        .orElse(
            ": one trial at a time tries it, at most five minutes after the last, and all go on"
                + " once it is fixed");
  }

  /** Where others have succeeded, the fault may be the trial's own; a cluster knows a way out. */
  private static Optional<String> alone(Hold hold, SweepProgress progress) {
    List<TrialState> blocked =
        progress.trials().stream()
            .filter(trial -> !trial.ended())
            .filter(trial -> trial.block().isPresent() || trial.blocker().isPresent())
            .toList();
    boolean others =
        progress.trials().stream().anyMatch(trial -> trial.ended(OutcomeType.Succeeded));
    return hold.trials() == 1
            && blocked.size() == 1
            && others
            && progress.observed().slots() == Integer.MAX_VALUE
        ? Optional.of(
            "; only %s meets it: its annotation isoflop.dev/give-up=true leaves it out"
                .formatted(blocked.get(0).name()))
        : Optional.empty();
  }
}
