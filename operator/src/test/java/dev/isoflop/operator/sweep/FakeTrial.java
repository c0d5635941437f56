package dev.isoflop.operator.sweep;

import dev.isoflop.api.v1alpha1.TrialStatus;
import dev.isoflop.api.v1alpha1.status.TrialProgress;
import dev.isoflop.operator.plan.PlannedTrial;
import dev.isoflop.operator.sweep.observe.AttemptEnd;
import dev.isoflop.operator.sweep.observe.AttemptObservation;
import dev.isoflop.operator.sweep.observe.TrialObservation;
import dev.isoflop.trial.OutcomeReason;
import dev.isoflop.trial.TrialResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A trial of a {@link FakeWorld}: its stored status, its worker, and its folder. */
public final class FakeTrial {
  /** Work of the worker a second. */
  static final double SPEED = 1e9;

  public final PlannedTrial planned;
  public Optional<TrialStatus> status = Optional.empty();
  public AttemptObservation attempt = AttemptObservation.absent();
  public Optional<TrialResult> result = Optional.empty();
  public Optional<String> retry = Optional.empty();
  public boolean givenUp = false;

  /** Seconds of work in the last checkpoint, and those done since. */
  double saved = 0;

  double unsaved = 0;

  /** How often a worker was started, and how often one trained to the end. */
  public int starts = 0;

  public int completions = 0;

  public FakeTrial(PlannedTrial planned) {
    this.planned = planned;
  }

  public double totalSeconds() {
    return planned.work() / SPEED;
  }

  public Optional<AttemptObservation.Running> live() {
    return attempt instanceof AttemptObservation.Running running
        ? Optional.of(running)
        : Optional.empty();
  }

  public void start(int number, Instant now) {
    starts++;
    unsaved = 0;
    attempt = new AttemptObservation.Running(number, now, false, Optional.empty());
  }

  /** Its worker has not begun, and would be started otherwise by now. */
  public void outdate() {
    AttemptObservation.Running running = live().orElseThrow();
    attempt =
        new AttemptObservation.Running(
            running.number(),
            running.since(),
            false,
            running.progress(),
            Optional.of("no image"),
            Optional.empty(),
            true,
            Optional.empty());
  }

  /** Its attempt cannot begin until {@link #begin}. */
  public void waitFor(OutcomeReason reason, String message, Instant since) {
    AttemptObservation.Running running = live().orElseThrow();
    attempt =
        new AttemptObservation.Running(
            running.number(),
            running.since(),
            running.stopping(),
            Optional.empty(),
            Optional.of(message),
            Optional.empty(),
            false,
            Optional.of(new AttemptObservation.Blocker(reason, message, since)));
  }

  /** What kept its attempt from beginning is mended. */
  public void begin() {
    live()
        .filter(running -> running.blocker().isPresent())
        .ifPresent(
            running ->
                attempt =
                    new AttemptObservation.Running(
                        running.number(), running.since(), running.stopping(), Optional.empty()));
  }

  void tellToStop() {
    AttemptObservation.Running running = live().orElseThrow();
    attempt =
        new AttemptObservation.Running(
            running.number(),
            running.since(),
            true,
            running.progress(),
            running.waiting(),
            running.nodeLost(),
            running.outdated(),
            running.blocker());
  }

  /** Works for a while; a worker that was told to stop saves and ends. */
  public void work(Duration step, Instant now) {
    if (live().isEmpty()) {
      return;
    }
    AttemptObservation.Running waiting = live().get();
    if (waiting.blocker().isPresent()) {
      if (waiting.stopping()) {
        attempt =
            new AttemptObservation.Ended(
                waiting.number(), now, now, new AttemptEnd.Disrupted("its Job was deleted"));
      } else {
        attempt =
            new AttemptObservation.Running(
                waiting.number(),
                now,
                false,
                Optional.empty(),
                waiting.waiting(),
                waiting.nodeLost(),
                waiting.outdated(),
                waiting.blocker());
      }
      return;
    }
    unsaved += step.toMillis() / 1e3;
    if (saved + unsaved >= totalSeconds()) {
      completions++;
      result = Optional.of(LossSurface.result(planned));
      end(now, new AttemptEnd.Exited(0));
    } else if (live().get().stopping()) {
      save();
      end(now, new AttemptEnd.Exited(143));
    } else {
      AttemptObservation.Running running = live().get();
      attempt =
          new AttemptObservation.Running(
              running.number(), running.since(), false, Optional.of(progress()));
    }
  }

  private TrialProgress progress() {
    double ratio = (saved + unsaved) / totalSeconds();
    return new TrialProgress(
        (long) (ratio * planned.experiment().steps()), ratio, 2.0 - ratio, unsaved);
  }

  public void save() {
    saved += unsaved;
    unsaved = 0;
  }

  public void end(Instant now, AttemptEnd end) {
    AttemptObservation.Running running = live().orElseThrow();
    attempt = new AttemptObservation.Ended(running.number(), running.since(), now, end);
  }

  TrialObservation observe() {
    return new TrialObservation(planned.name(), status, attempt, result, List.of(), retry, givenUp);
  }
}
