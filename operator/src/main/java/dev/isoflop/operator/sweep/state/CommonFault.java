package dev.isoflop.operator.sweep.state;

import dev.isoflop.api.v1alpha1.TrialStatus;
import dev.isoflop.api.v1alpha1.status.TrialProgress;
import dev.isoflop.trial.OutcomeReason;
import dev.isoflop.trial.OutcomeType;
import dev.isoflop.trial.TrialOutcome;
import dev.isoflop.trial.TrialResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Recognises a failure that the first trials of a sweep share: while no trial has trained a step,
 * three different ones have failed, and said the same. It is the sweep's then and none of theirs:
 * what they were charged for it is taken back, and it holds the sweep. While it does, a single
 * failure that says the same is taken back, too; one that says something else is its trial's own.
 */
public final class CommonFault {
  /** Trials that must have failed alike, or all where there are fewer. */
  private static final int TRIALS = 3;

  /** A trial that has run for so long did train, even if nothing was heard of it. */
  private static final double SURELY_TRAINED_SECONDS = Hold.SURELY_WORKING.toSeconds();

  /** Characters compared; what a trial says may be cut where its status keeps it. */
  private static final int COMPARED = 400;

  private static final Pattern COUNTED = Pattern.compile("^\\d+ failed attempts?, the last: ");
  private static final Pattern NUMBER = Pattern.compile("\\d+");

  private final TrialLedger ledger;
  private final Instant now;

  /** A trial's failure, with what it would say of any other trial. */
  private record Failure(OutcomeReason reason, String message, String common, Instant at) {}

  public CommonFault(TrialLedger ledger, Instant now) {
    this.ledger = ledger;
    this.now = now;
  }

  /** The trials, with what a common fault has charged to them taken back. */
  public List<TrialState> excuse(List<TrialState> trials) {
    if (trials.stream().anyMatch(CommonFault::trained)) {
      return trials;
    }
    Set<String> known =
        trials.stream()
            .flatMap(
                trial ->
                    trial.block().stream()
                        .filter(block -> !block.reason().external())
                        .map(block -> common(trial, block.message())))
            .collect(Collectors.toSet());
    Map<String, Integer> alike = new LinkedHashMap<>();
    for (TrialState trial : trials) {
      failure(trial).ifPresent(failure -> alike.merge(failure.common(), 1, Integer::sum));
    }
    int needed = Math.min(TRIALS, Math.max(2, trials.size()));
    List<TrialState> excused = new ArrayList<>();
    for (TrialState trial : trials) {
      excused.add(
          failure(trial)
              .filter(
                  failure ->
                      known.contains(failure.common())
                          || alike.getOrDefault(failure.common(), 0) >= needed)
              .map(
                  failure ->
                      trial.with(
                          ledger.notCharged(
                              trial.status(), failure.reason(), failure.message(), failure.at())))
              .orElse(trial));
    }
    return excused;
  }

  private static boolean trained(TrialState trial) {
    TrialStatus status = trial.status();
    TrialProgress progress = status.progress();
    TrialResult result = status.result();
    return trial.ended(OutcomeType.Succeeded)
        || (progress != null && progress.step() > 0)
        || (result != null && result.steps() > 0)
        || status.runningSeconds() >= SURELY_TRAINED_SECONDS;
  }

  /** The last failure of the trial, if nothing has become of it since. */
  private Optional<Failure> failure(TrialState trial) {
    TrialStatus status = trial.status();
    TrialOutcome outcome = status.outcome();
    if (outcome != null) {
      return outcome.type() == OutcomeType.Failed
          ? Optional.of(
              failure(
                  trial,
                  Objects.requireNonNullElse(outcome.reason(), OutcomeReason.Crashed),
                  Objects.requireNonNullElse(outcome.message(), "no message"),
                  Optional.ofNullable(status.completionTime())))
          : Optional.empty();
    }
    return ConditionType.Running.in(status.conditions())
        .filter(running -> TrialReason.BackOff.name().equals(running.getReason()))
        .map(
            running ->
                failure(
                    trial,
                    OutcomeReason.Crashed,
                    running.getMessage(),
                    Optional.ofNullable(running.getLastTransitionTime())));
  }

  private Failure failure(
      TrialState trial, OutcomeReason reason, String message, Optional<String> at) {
    String said = COUNTED.matcher(message).replaceFirst("");
    Instant time = at.map(Instant::parse).filter(now::isAfter).orElse(now);
    return new Failure(reason, said, common(trial, said), time);
  }

  /** The beginning of what was said, as any other trial would say it. */
  private static String common(TrialState trial, String said) {
    String common = NUMBER.matcher(said.replace(trial.name(), "TRIAL")).replaceAll("#");
    return common.substring(0, Math.min(common.length(), COMPARED));
  }
}
