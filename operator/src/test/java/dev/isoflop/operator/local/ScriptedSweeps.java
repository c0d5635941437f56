package dev.isoflop.operator.local;

import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.operator.local.run.LocalOptions;
import dev.isoflop.operator.local.run.LocalSweep;
import dev.isoflop.trial.OutcomeReason;
import dev.isoflop.trial.TrialFiles;
import dev.isoflop.trial.TrialJson;
import dev.isoflop.trial.TrialOutcome;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Real runs with workers that are no processes, for tests of what stands around a run. */
public final class ScriptedSweeps {
  private ScriptedSweeps() {}

  /** Every trial succeeds at once. */
  public static LocalSweep succeeding(ScalingSweep manifest, LocalOptions options) {
    return sweep(manifest, options, ScriptedLauncher.SUCCEED);
  }

  /** The first trials succeed, no later one ends before it is asked to. */
  public static LocalSweep endless(ScalingSweep manifest, LocalOptions options, int first) {
    return succeedingFirst(manifest, options, first, ScriptedLauncher.RUN_UNTIL_STOPPED);
  }

  /** No trial finds its data. */
  public static LocalSweep withoutData(ScalingSweep manifest, LocalOptions options, String why) {
    TrialOutcome outcome = TrialOutcome.failed(OutcomeReason.BadData, why);
    return sweep(
        manifest,
        options,
        worker -> {
          worker.write(
              TrialFiles.RESULT,
              TrialJson.MAPPER.writeValueAsBytes(
                  FakeTraining.result(worker.config, outcome, 0, List.of())));
          worker.exit(42);
        });
  }

  /** The first trials succeed, all later ones leave no result. */
  public static LocalSweep failing(ScalingSweep manifest, LocalOptions options, int first) {
    return succeedingFirst(manifest, options, first, ScriptedLauncher.exit(42));
  }

  private static LocalSweep succeedingFirst(
      ScalingSweep manifest, LocalOptions options, int first, ScriptedLauncher.Script later) {
    Set<String> started = ConcurrentHashMap.newKeySet();
    return sweep(
        manifest,
        options,
        (trial, attempt) -> {
          boolean early = started.size() < first;
          started.add(trial);
          return early ? ScriptedLauncher.SUCCEED : later;
        });
  }

  private static LocalSweep sweep(
      ScalingSweep manifest, LocalOptions options, ScriptedLauncher.Script script) {
    return sweep(manifest, options, (trial, attempt) -> script);
  }

  private static LocalSweep sweep(
      ScalingSweep manifest, LocalOptions options, ScriptedLauncher.Casting scripts) {
    return new LocalSweep(
        manifest,
        options.withTick(Duration.ofMillis(20)).withGrace(Duration.ofSeconds(5)),
        new ScriptedLauncher(scripts),
        SmallSweep.decider(),
        Clock.systemUTC(),
        OptionalLong::empty);
  }
}
