package dev.isoflop.operator.cli;

import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.operator.cli.run.SweepRunner;
import dev.isoflop.operator.local.ScriptedSweeps;
import dev.isoflop.operator.local.run.LocalOptions;
import dev.isoflop.operator.local.run.LocalOutcome;
import dev.isoflop.operator.local.run.LocalSweep;
import dev.isoflop.operator.local.run.ProgressListener;
import dev.isoflop.operator.local.run.SweepEvent;
import dev.isoflop.operator.local.run.SweepSnapshot;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.ToIntFunction;

/**
 * Runs sweeps for real, with workers that are no processes.
 *
 * @param sweeps makes the run of a manifest
 * @param interruptedBy the event at which Ctrl-C comes; empty for never
 */
public record ScriptedRunner(
    BiFunction<ScalingSweep, LocalOptions, LocalSweep> sweeps,
    Optional<Class<? extends SweepEvent>> interruptedBy)
    implements SweepRunner {

  public static ScriptedRunner succeeding() {
    return new ScriptedRunner(ScriptedSweeps::succeeding, Optional.empty());
  }

  public static ScriptedRunner interrupted() {
    return new ScriptedRunner(
        (manifest, options) -> ScriptedSweeps.endless(manifest, options, 0),
        Optional.of(SweepEvent.AttemptStarted.class));
  }

  /** Is stopped once a trial has succeeded. */
  public static ScriptedRunner interruptedAfterASuccess() {
    return new ScriptedRunner(
        (manifest, options) -> ScriptedSweeps.endless(manifest, options, 1),
        Optional.of(SweepEvent.TrialEnded.class));
  }

  /** Trials after the first fail. */
  public static ScriptedRunner failing(int first) {
    return new ScriptedRunner(
        (manifest, options) -> ScriptedSweeps.failing(manifest, options, first), Optional.empty());
  }

  public static ScriptedRunner withoutData(String why) {
    return new ScriptedRunner(
        (manifest, options) -> ScriptedSweeps.withoutData(manifest, options, why),
        Optional.empty());
  }

  @Override
  public int run(
      ScalingSweep manifest,
      LocalOptions options,
      ProgressListener listener,
      ToIntFunction<LocalOutcome> conclusion) {
    LocalSweep sweep = sweeps.apply(manifest, options);
    ProgressListener watched =
        interruptedBy
            .<ProgressListener>map(event -> new Interrupter(listener, sweep, event))
            .orElse(listener);
    return conclusion.applyAsInt(sweep.run(watched));
  }

  private record Interrupter(
      ProgressListener listener, LocalSweep sweep, Class<? extends SweepEvent> by)
      implements ProgressListener {
    @Override
    public void progress(SweepSnapshot snapshot) {
      listener.progress(snapshot);
    }

    @Override
    public void event(SweepEvent event) {
      listener.event(event);
      if (by.isInstance(event)) {
        sweep.stop();
      }
    }
  }
}
