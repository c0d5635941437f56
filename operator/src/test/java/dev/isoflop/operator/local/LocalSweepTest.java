package dev.isoflop.operator.local;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.isoflop.api.v1alpha1.LawsStatus;
import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.operator.local.ScriptedLauncher.Casting;
import dev.isoflop.operator.sweep.ConditionType;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalSweepTest {
  private static final Casting ALL_SUCCEED = (trial, attempt) -> ScriptedLauncher.SUCCEED;

  private final Path runs;
  private final RecordedProgress progress = new RecordedProgress();
  private ScriptedLauncher launcher = new ScriptedLauncher(ALL_SUCCEED);
  private Clock clock = Clock.systemUTC();

  LocalSweepTest(@TempDir Path runs) {
    this.runs = runs;
  }

  private LocalOptions options() {
    return LocalOptions.in(runs).withCores(4).withTick(Duration.ofMillis(20));
  }

  private LocalSweep sweep(ScalingSweep manifest, LocalOptions options) {
    return new LocalSweep(
        manifest, options, launcher, SmallSweep.decider(), clock, OptionalLong::empty);
  }

  private LocalOutcome run() {
    return sweep(SmallSweep.manifest(), options()).run(progress);
  }

  @Test
  void trainsEveryPlannedTrialOnceAndEndsWithTheLaws() throws Exception {
    LocalOutcome outcome = run();

    assertThat(outcome).isInstanceOf(LocalOutcome.Finished.class);
    SweepSnapshot last = ((LocalOutcome.Finished) outcome).last();
    assertThat(last.count(TrialState.Succeeded)).isEqualTo(SmallSweep.TRIALS);
    assertThat(ConditionType.Succeeded.isTrue(last.status().conditions())).isTrue();
    assertThat(exponent(last)).isCloseTo(0.5, within(0.01));
    assertThat(launcher.started).hasSize(SmallSweep.TRIALS);
    assertThat(launcher.mostRunning.get()).isLessThanOrEqualTo(4);
    assertThat(progress.events(SweepEvent.TrialEnded.class)).hasSize(SmallSweep.TRIALS);

    ScalingSweep stored = ResourceYaml.read(runs.resolve("small/status.yaml"), ScalingSweep.class);
    assertThat(stored.getStatus()).isEqualTo(last.status());
    assertThat(stored.getSpec()).isEqualTo(SmallSweep.manifest().getSpec());
    assertThat(runs.resolve("small/sweep.yaml")).exists();
  }

  @Test
  void aFinishedSweepIsShownAgainWithoutTraining() {
    SweepSnapshot first = ((LocalOutcome.Finished) run()).last();
    launcher = new ScriptedLauncher(ALL_SUCCEED);

    SweepSnapshot second = ((LocalOutcome.Finished) run()).last();

    assertThat(launcher.started).isEmpty();
    assertThat(second.status().laws()).isEqualTo(first.status().laws());
    assertThat(second.status().budgets()).isEqualTo(first.status().budgets());
  }

  private static double exponent(SweepSnapshot snapshot) {
    LawsStatus laws = requireNonNull(snapshot.status().laws());
    return requireNonNull(laws.parameters()).exponent();
  }
}
