package dev.isoflop.operator.cli;

import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.operator.local.LocalOptions;
import dev.isoflop.operator.local.LocalOutcome;
import dev.isoflop.operator.local.LocalSweep;
import dev.isoflop.operator.local.ProgressListener;
import dev.isoflop.operator.local.ScriptedSweeps;
import dev.isoflop.operator.local.SweepEvent;
import dev.isoflop.operator.local.SweepSnapshot;
import java.util.function.BiFunction;
import java.util.function.ToIntFunction;

/**
 * Runs sweeps for real, with workers that are no processes.
 *
 * @param sweeps makes the run of a manifest
 * @param interrupts whether Ctrl-C comes when the first worker has started
 */
record ScriptedRunner(BiFunction<ScalingSweep, LocalOptions, LocalSweep> sweeps, boolean interrupts)
    implements SweepRunner {

  static ScriptedRunner succeeding() {
    return new ScriptedRunner(ScriptedSweeps::succeeding, false);
  }

  static ScriptedRunner interrupted() {
    return new ScriptedRunner(ScriptedSweeps::endless, true);
  }

  /** Trials after the first fail. */
  static ScriptedRunner failing(int first) {
    return new ScriptedRunner(
        (manifest, options) -> ScriptedSweeps.failing(manifest, options, first), false);
  }

  static ScriptedRunner withoutData(String why) {
    return new ScriptedRunner(
        (manifest, options) -> ScriptedSweeps.withoutData(manifest, options, why), false);
  }

  @Override
  public int run(
      ScalingSweep manifest,
      LocalOptions options,
      ProgressListener listener,
      ToIntFunction<LocalOutcome> conclusion) {
    LocalSweep sweep = sweeps.apply(manifest, options);
    ProgressListener watched = interrupts ? new Interrupter(listener, sweep) : listener;
    return conclusion.applyAsInt(sweep.run(watched));
  }

  private record Interrupter(ProgressListener listener, LocalSweep sweep)
      implements ProgressListener {
    @Override
    public void progress(SweepSnapshot snapshot) {
      listener.progress(snapshot);
    }

    @Override
    public void event(SweepEvent event) {
      listener.event(event);
      if (event instanceof SweepEvent.AttemptStarted) {
        sweep.stop();
      }
    }
  }
}
