package dev.isoflop.operator.local.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.isoflop.operator.local.ScriptedLauncher;
import dev.isoflop.operator.local.ScriptedLauncher.Script;
import dev.isoflop.operator.local.SmallSweep;
import dev.isoflop.operator.local.store.FolderLock;
import dev.isoflop.operator.local.store.LocalFaultException;
import dev.isoflop.operator.local.store.SweepFolder;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class RetryTrialsTest {
  private static final String ODD = SmallSweep.plan().trials().get(3).name();

  private final Path runs;
  private final SweepFolder folder;

  RetryTrialsTest(@TempDir Path runs) {
    this.runs = runs;
    this.folder = SweepFolder.of(runs, SmallSweep.NAME);
  }

  /** Runs the sweep; one trial plays this script. */
  private SweepSnapshot run(Script odd) {
    LocalOutcome outcome =
        new LocalSweep(
                SmallSweep.manifest(),
                LocalOptions.in(runs)
                    .withCores(4)
                    .withTick(Duration.ofMillis(20))
                    .withGrace(Duration.ofSeconds(5)),
                new ScriptedLauncher(
                    (trial, attempt) -> trial.equals(ODD) ? odd : ScriptedLauncher.SUCCEED),
                SmallSweep.decider(),
                Clock.systemUTC(),
                OptionalLong::empty)
            .run(ProgressListener.none());
    assertThat(outcome).isInstanceOf(LocalOutcome.Finished.class);
    return ((LocalOutcome.Finished) outcome).last();
  }

  private RetryTrials.Answer mark(String... trials) throws LocalFaultException {
    return new RetryTrials(folder, Clock.systemUTC().instant(), notice -> {}).mark(List.of(trials));
  }

  private static TrialSnapshot odd(SweepSnapshot snapshot) {
    return snapshot.trials().stream()
        .filter(trial -> trial.name().equals(ODD))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void whatFailedRunsAgainWithTheNextRunAndNothingElseDoes() throws Exception {
    assertThat(odd(run(ScriptedLauncher.exit(42))).state()).isEqualTo(DisplayState.Failed);
    assertThat(odd(run(ScriptedLauncher.SUCCEED)).state())
        .as("by itself")
        .isEqualTo(DisplayState.Failed);

    assertThat(mark()).isEqualTo(new RetryTrials.Answer.Again(List.of(ODD)));
    SweepSnapshot last = run(ScriptedLauncher.SUCCEED);

    assertThat(last.count(DisplayState.Succeeded)).isEqualTo(SmallSweep.TRIALS);
    assertThat(odd(last).status().orElseThrow().attempt()).isEqualTo(2);
    assertThat(odd(last).status().orElseThrow().failures()).isZero();
    assertThat(mark())
        .isEqualTo(new RetryTrials.Answer.NothingFailed(SmallSweep.TRIALS, List.of(), 0));
  }

  @Test
  void aTrialIsNamedAndFailsAgainIfNothingWasMended() throws Exception {
    run(ScriptedLauncher.exit(42));
    assertThat(mark(ODD)).isEqualTo(new RetryTrials.Answer.Again(List.of(ODD)));

    SweepSnapshot last = run(ScriptedLauncher.exit(42));

    assertThat(odd(last).state()).isEqualTo(DisplayState.Failed);
    assertThat(odd(last).status().orElseThrow().attempt()).isEqualTo(2);
  }

  @Test
  void aTrialThatIsNotThereOrHasSucceededIsNamedAndNothingChanged() throws Exception {
    run(ScriptedLauncher.exit(42));
    String other = SmallSweep.plan().trials().get(0).name();

    assertThat(mark(ODD, "nothing", other))
        .isInstanceOfSatisfying(
            RetryTrials.Answer.Refused.class,
            refused ->
                assertThat(refused.reasons())
                    .satisfiesExactly(
                        reason -> assertThat(reason).startsWith("nothing: there is no such trial"),
                        reason -> assertThat(reason).startsWith(other + ": has succeeded")));
    assertThat(mark()).isEqualTo(new RetryTrials.Answer.Again(List.of(ODD)));
  }

  @Test
  void aFolderWithoutARunIsNamed() throws Exception {
    assertThat(mark())
        .isInstanceOfSatisfying(
            RetryTrials.Answer.Refused.class,
            refused -> assertThat(refused.reasons().get(0)).contains("no run is stored there"));
  }

  @Test
  void whileARunGoesOnNothingIsChanged() throws Exception {
    run(ScriptedLauncher.exit(42));
    try (FolderLock held = FolderLock.acquire(folder.file(SweepFolder.LOCK))) {
      assertThat(held).isNotNull();
      assertThatThrownBy(this::mark)
          .isInstanceOf(LocalFaultException.class)
          .hasMessageContaining("another run of this folder is going on");
    }
  }
}
