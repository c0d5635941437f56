package dev.isoflop.operator.local.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.api.v1alpha1.Trial;
import dev.isoflop.api.v1alpha1.TrialStatus;
import dev.isoflop.api.v1alpha1.TrialStatusBuilder;
import dev.isoflop.api.v1alpha1.status.IntervalStatus;
import dev.isoflop.api.v1alpha1.status.LawsStatus;
import dev.isoflop.operator.TestClock;
import dev.isoflop.operator.local.FakeTraining;
import dev.isoflop.operator.local.RecordedProgress;
import dev.isoflop.operator.local.ScriptedLauncher;
import dev.isoflop.operator.local.ScriptedLauncher.Casting;
import dev.isoflop.operator.local.ScriptedLauncher.Script;
import dev.isoflop.operator.local.SmallSweep;
import dev.isoflop.operator.local.process.MemoryKills;
import dev.isoflop.operator.local.store.AttemptRecord;
import dev.isoflop.operator.local.store.FolderLock;
import dev.isoflop.operator.local.store.ResourceYaml;
import dev.isoflop.operator.local.store.TrialFolder;
import dev.isoflop.operator.sweep.state.ConditionType;
import dev.isoflop.trial.OutcomeReason;
import dev.isoflop.trial.OutcomeType;
import dev.isoflop.trial.TrialFiles;
import dev.isoflop.trial.TrialJson;
import dev.isoflop.trial.TrialOutcome;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class LocalSweepTest {
  private static final String ODD = SmallSweep.plan().trials().get(3).name();
  private static final Casting ALL_SUCCEED = (trial, attempt) -> ScriptedLauncher.SUCCEED;

  private final Path runs;
  private final RecordedProgress progress = new RecordedProgress();
  private ScriptedLauncher launcher = new ScriptedLauncher(ALL_SUCCEED);
  private Clock clock = Clock.systemUTC();
  private MemoryKills memoryKills = OptionalLong::empty;

  LocalSweepTest(@TempDir Path runs) {
    this.runs = runs;
  }

  private LocalOptions options() {
    return LocalOptions.in(runs)
        .withCores(4)
        .withTick(Duration.ofMillis(20))
        .withGrace(Duration.ofSeconds(5));
  }

  private LocalSweep sweep(ScalingSweep manifest, LocalOptions options) {
    return new LocalSweep(manifest, options, launcher, SmallSweep.decider(), clock, memoryKills);
  }

  private LocalOutcome run() {
    return run(SmallSweep.manifest());
  }

  private LocalOutcome run(ScalingSweep manifest) {
    return sweep(manifest, options()).run(progress);
  }

  private SweepSnapshot finish() {
    LocalOutcome outcome = run();
    assertThat(outcome).isInstanceOf(LocalOutcome.Finished.class);
    return ((LocalOutcome.Finished) outcome).last();
  }

  /** One trial plays these scripts, the last again and again; all others succeed. */
  private void cast(Script... scripts) {
    launcher =
        new ScriptedLauncher(
            (trial, attempt) ->
                trial.equals(ODD)
                    ? scripts[Math.min(attempt, scripts.length) - 1]
                    : ScriptedLauncher.SUCCEED);
  }

  private Path folder(String... parts) {
    Path path = runs.resolve(SmallSweep.NAME);
    for (String part : parts) {
      path = path.resolve(part);
    }
    return path;
  }

  private static TrialSnapshot odd(SweepSnapshot snapshot) {
    return snapshot.trials().stream()
        .filter(trial -> trial.name().equals(ODD))
        .findFirst()
        .orElseThrow();
  }

  private static TrialStatus status(TrialSnapshot trial) {
    return trial.status().orElseThrow();
  }

  private static double exponent(SweepSnapshot snapshot) {
    LawsStatus laws = requireNonNull(snapshot.status().laws());
    return requireNonNull(laws.parameters()).exponent();
  }

  @Test
  void trainsEveryPlannedTrialOnceAndEndsWithTheLaws() throws IOException {
    SweepSnapshot last = finish();

    assertThat(last.count(DisplayState.Succeeded)).isEqualTo(SmallSweep.TRIALS);
    assertThat(ConditionType.Succeeded.isTrue(last.status().conditions())).isTrue();
    assertThat(exponent(last)).isCloseTo(0.5, within(0.01));
    assertThat(launcher.started).hasSize(SmallSweep.TRIALS);
    assertThat(launcher.mostRunning.get()).isLessThanOrEqualTo(4);
    assertThat(progress.events(SweepEvent.TrialEnded.class)).hasSize(SmallSweep.TRIALS);

    ScalingSweep stored = ResourceYaml.read(folder("status.yaml"), ScalingSweep.class);
    assertThat(stored.getStatus()).isEqualTo(last.status());
    assertThat(stored.getSpec()).isEqualTo(SmallSweep.manifest().getSpec());
    assertThat(folder("sweep.yaml")).exists();
  }

  @Test
  void aFinishedSweepIsShownAgainWithoutTraining() {
    SweepSnapshot first = finish();
    launcher = new ScriptedLauncher(ALL_SUCCEED);

    SweepSnapshot second = finish();

    assertThat(launcher.started).isEmpty();
    assertThat(second.status().laws()).isEqualTo(first.status().laws());
    assertThat(second.status().budgets()).isEqualTo(first.status().budgets());
  }

  @Test
  void aWorkerThatGivesUpFailsItsTrialAndTheRestGoesOn() {
    cast(ScriptedLauncher.exit(42));

    SweepSnapshot last = finish();

    assertThat(odd(last).state()).isEqualTo(DisplayState.Failed);
    assertThat(status(odd(last)).attempt()).isEqualTo(1);
    assertThat(last.count(DisplayState.Succeeded)).isEqualTo(SmallSweep.TRIALS - 1);
  }

  @Test
  void aDivergedTrialIsExcludedWithItsReason() {
    cast(
        worker -> {
          worker.write(
              TrialFiles.RESULT,
              TrialJson.MAPPER.writeValueAsBytes(
                  FakeTraining.result(
                      worker.config,
                      TrialOutcome.excluded(OutcomeReason.Diverged, "loss is NaN at step 3"),
                      3,
                      List.of())));
          worker.exit(42);
        });

    SweepSnapshot last = finish();

    assertThat(odd(last).state()).isEqualTo(DisplayState.Excluded);
    assertThat(status(odd(last)).outcome())
        .isEqualTo(TrialOutcome.excluded(OutcomeReason.Diverged, "loss is NaN at step 3"));
  }

  private LocalOutcome.Held held() {
    LocalOutcome outcome = run();
    assertThat(outcome).isInstanceOf(LocalOutcome.Held.class);
    return (LocalOutcome.Held) outcome;
  }

  private static Script blocked(OutcomeReason reason, int exit) {
    return worker -> {
      worker.write(
          TrialFolder.TERMINATION,
          TrialJson.MAPPER.writeValueAsBytes(
              FakeTraining.result(
                  worker.config, TrialOutcome.failed(reason, "it is so"), 0, List.of())));
      worker.exit(exit);
    };
  }

  @ParameterizedTest
  @CsvSource({
    "DiskFull, 74",
    "FolderNotWritable, 74",
    "StorageUnavailable, 74",
    "DataMissing, 75",
    "DeviceUnavailable, 75"
  })
  void aFaultOfTheMachineEndsTheRunChargesNothingAndGoesOnWithTheNext(
      OutcomeReason reason, int exit) {
    launcher =
        new ScriptedLauncher(
            (trial, attempt) ->
                trial.equals(ODD) ? blocked(reason, exit) : ScriptedLauncher.RUN_UNTIL_STOPPED);

    LocalOutcome.Held held = held();

    assertThat(held.hold().reason()).isEqualTo(reason);
    assertThat(held.hold().message()).isEqualTo("it is so");
    assertThat(launcher.started).hasSizeLessThanOrEqualTo(5);
    assertThat(launcher.running).hasValue(0);
    assertThat(status(odd(held.last())).failures()).isZero();
    assertThat(odd(held.last()).state()).isEqualTo(DisplayState.Waiting);

    launcher = new ScriptedLauncher(ALL_SUCCEED);
    assertThat(finish().count(DisplayState.Succeeded)).isEqualTo(SmallSweep.TRIALS);
  }

  @Test
  void aWorkerThatHasNoRoomEvenForItsLastWordsIsNotChargedEither() {
    cast(ScriptedLauncher.exit(74));

    LocalOutcome.Held held = held();

    assertThat(held.hold().reason()).isEqualTo(OutcomeReason.StorageUnavailable);
    assertThat(held.hold().message()).contains("most often its disk is full");
    assertThat(status(odd(held.last())).failures()).isZero();
  }

  @Test
  void aServerThatDoesNotAnswerIsWaitedFor() {
    clock = TestClock.running(200);
    cast(blocked(OutcomeReason.DataUnreachable, 75), ScriptedLauncher.SUCCEED);

    assertThat(finish().count(DisplayState.Succeeded)).isEqualTo(SmallSweep.TRIALS);
  }

  @Test
  void firstTrialsThatFailAlikeEndTheRunAndAreTriedAgainByTheNext() {
    launcher = new ScriptedLauncher((trial, attempt) -> ScriptedLauncher.exit(42));

    LocalOutcome.Held held = held();

    assertThat(held.hold().common()).isTrue();
    assertThat(launcher.started).hasSizeLessThan(SmallSweep.TRIALS);
    launcher = new ScriptedLauncher(ALL_SUCCEED);
    assertThat(finish().count(DisplayState.Succeeded)).isEqualTo(SmallSweep.TRIALS);
  }

  @Test
  void aTrialThatFailedForItsDataIsLookedAtAgainByTheNextRun() {
    cast(blocked(OutcomeReason.BadData, 42));
    SweepSnapshot first = finish();
    assertThat(odd(first).state()).isEqualTo(DisplayState.Failed);
    launcher = new ScriptedLauncher(ALL_SUCCEED);

    SweepSnapshot second = finish();

    assertThat(launcher.started).hasSize(1);
    assertThat(second.count(DisplayState.Succeeded)).isEqualTo(SmallSweep.TRIALS);
    assertThat(progress.events(SweepEvent.Notice.class))
        .extracting(SweepEvent.Notice::message)
        .contains("1 trial failed by data or storage that may be fixed by now; looking again");
  }

  @Test
  void aPassingFaultIsTriedAgainUntilTheFailuresAreSpent() {
    clock = TestClock.running(200);
    cast(ScriptedLauncher.exit(75));

    SweepSnapshot last = finish();

    assertThat(odd(last).state()).isEqualTo(DisplayState.Failed);
    assertThat(status(odd(last)).failures()).isEqualTo(3);
    assertThat(progress.events(SweepEvent.AttemptEnded.class)).hasSize(2);
  }

  @Test
  void theWordsOfAFailedAttemptReachTheStatus() {
    clock = TestClock.running(200);
    cast(
        worker -> {
          worker.write(
              TrialFolder.TERMINATION,
              TrialJson.MAPPER.writeValueAsBytes(
                  FakeTraining.result(
                      worker.config,
                      TrialOutcome.failed(OutcomeReason.PortInUse, "no room for checkpoints"),
                      0,
                      List.of())));
          worker.exit(75);
        },
        ScriptedLauncher.SUCCEED);

    SweepSnapshot last = finish();

    assertThat(odd(last).state()).isEqualTo(DisplayState.Succeeded);
    assertThat(progress.events(SweepEvent.AttemptEnded.class))
        .extracting(SweepEvent.AttemptEnded::how)
        .singleElement()
        .asString()
        .matches("exit 75: no room for checkpoints; tried again at 20\\d\\d-.*Z");
  }

  @Test
  void anAttemptThatEndedWhileNobodyWatchedIsToldTogetherWithTheNext() throws Exception {
    finish();
    TrialFolder trial = new TrialFolder(ODD, folder("trials", ODD));
    Trial stored = trial.trial(notice -> {}).orElseThrow();
    TrialStatus ended = requireNonNull(stored.getStatus());
    stored.setStatus(
        TrialStatusBuilder.builder()
            .conditions(
                List.of(
                    new ConditionBuilder()
                        .withType("Running")
                        .withStatus("True")
                        .withReason("Running")
                        .build()))
            .attempt(1)
            .startTime(ended.startTime())
            .build());
    trial.write(stored);
    Files.delete(trial.file(TrialFiles.RESULT));
    Files.deleteIfExists(trial.file(TrialFolder.TERMINATION));
    trial.write(
        new AttemptRecord(1, Integer.MAX_VALUE, requireNonNull(ended.startTime()), null, null));
    progress.events.clear();

    finish();

    assertThat(progress.events(SweepEvent.AttemptEnded.class))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.number()).isEqualTo(1);
              assertThat(event.how()).contains("was gone when the run was taken up again");
            });
    assertThat(progress.events(SweepEvent.AttemptStarted.class))
        .singleElement()
        .satisfies(event -> assertThat(event.number()).isEqualTo(2));
  }

  @Test
  void signalsFromOutsideAreDisruptionsAndNeverCount() {
    clock = TestClock.running(100);
    cast(
        ScriptedLauncher.exit(137),
        ScriptedLauncher.exit(143),
        ScriptedLauncher.exit(130),
        ScriptedLauncher.exit(137),
        ScriptedLauncher.SUCCEED);

    TrialSnapshot odd = odd(finish());

    assertThat(odd.state()).isEqualTo(DisplayState.Succeeded);
    assertThat(status(odd).failures()).isZero();
    assertThat(status(odd).disruptions()).isEqualTo(4);
  }

  @Test
  void aKillForWantOfMemoryCounts() {
    clock = TestClock.running(200);
    long[] kills = {7};
    memoryKills = () -> OptionalLong.of(kills[0]);
    Script killedForMemory =
        worker -> {
          kills[0]++;
          worker.exit(137);
        };
    cast(killedForMemory, ScriptedLauncher.SUCCEED);

    TrialSnapshot odd = odd(finish());

    assertThat(status(odd).failures()).isEqualTo(1);
    assertThat(progress.events(SweepEvent.AttemptEnded.class).get(0).how())
        .contains("want of memory")
        .contains("--slots");
  }

  @Test
  void aResultThatCannotBeReadIsPutAsideAndTheTrialTriedAgain() {
    clock = TestClock.running(200);
    cast(
        worker -> {
          worker.write(TrialFiles.RESULT, "{\"trial\": \"x".getBytes(UTF_8));
          worker.exit(0);
        },
        ScriptedLauncher.SUCCEED);

    TrialSnapshot odd = odd(finish());

    assertThat(odd.state()).isEqualTo(DisplayState.Succeeded);
    assertThat(folder("trials", ODD, "result.json.damaged")).exists();
    assertThat(progress.notices())
        .singleElement()
        .asString()
        .contains("result.json: cannot be understood");
  }

  @Test
  void aResultOfAnotherExperimentIsNotTaken() {
    clock = TestClock.running(200);
    cast(
        worker -> {
          byte[] other =
              Files.readAllBytes(
                  folder("trials", SmallSweep.plan().trials().get(0).name(), TrialFiles.RESULT));
          worker.write(TrialFiles.RESULT, other);
          worker.exit(0);
        },
        ScriptedLauncher.SUCCEED);

    assertThat(odd(finish()).state()).isEqualTo(DisplayState.Succeeded);
    assertThat(progress.notices()).singleElement().asString().contains("belongs to experiment");
  }

  @Test
  void aWorkerThatRunsOnAfterItsResultIsEnded() {
    clock = TestClock.running(100);
    cast(ScriptedLauncher.SUCCEED_AND_STAY);

    TrialSnapshot odd = odd(finish());

    assertThat(odd.state()).isEqualTo(DisplayState.Succeeded);
    assertThat(launcher.started.stream().filter(worker -> worker.killed)).hasSize(1);
  }

  @Test
  void aWorkerThatStandsStillIsEndedAndItsTrialTriedAgain() {
    clock = TestClock.running(3000);
    cast(ScriptedLauncher.STAND_STILL, ScriptedLauncher.SUCCEED);

    TrialSnapshot odd = odd(finish());

    assertThat(odd.state()).isEqualTo(DisplayState.Succeeded);
    assertThat(status(odd).failures()).isEqualTo(1);
    assertThat(progress.events(SweepEvent.AttemptEnded.class).get(0).how())
        .contains("stood still for 10 minutes");
  }

  @Test
  void aTrialBeyondItsDeadlineIsStopped() {
    clock = TestClock.running(1000);
    cast(ScriptedLauncher.HANG);
    LocalOutcome outcome =
        run(SmallSweep.manifest("  laws:", "  scheduling: {trialDeadline: PT5M}\n  laws:"));

    TrialSnapshot odd = odd(((LocalOutcome.Finished) outcome).last());
    assertThat(odd.state()).isEqualTo(DisplayState.Failed);
    assertThat(requireNonNull(status(odd).outcome()).reason())
        .isEqualTo(OutcomeReason.DeadlineExceeded);
  }

  @Test
  void aWorkerThatNeverTellsItsMetricsPortTrainsOnAndTheStatusSaysSo() {
    clock = TestClock.running(1000);
    CompletableFuture<Void> told = new CompletableFuture<>();
    cast(
        worker ->
            told.thenRunAsync(() -> ScriptedLauncher.play(ScriptedLauncher.SUCCEED, worker))
                .exceptionally(
                    failure -> {
                      throw new AssertionError(failure);
                    }));
    LocalOutcome outcome =
        sweep(SmallSweep.manifest(), options())
            .run(
                new ProgressListener() {
                  @Override
                  public void progress(SweepSnapshot snapshot) {
                    ConditionType.MetricsAvailable.in(snapshot.status().conditions())
                        .filter(condition -> "False".equals(condition.getStatus()))
                        .filter(condition -> condition.getMessage().contains(ODD))
                        .ifPresent(condition -> told.complete(null));
                  }

                  @Override
                  public void event(SweepEvent event) {}
                });
    assertThat(((LocalOutcome.Finished) outcome).last().count(DisplayState.Succeeded))
        .isEqualTo(SmallSweep.TRIALS);
  }

  @Test
  void aStopLetsWorkersWriteTheirCheckpointsAndTheSameCommandContinues() {
    launcher = new ScriptedLauncher((trial, attempt) -> ScriptedLauncher.RUN_UNTIL_STOPPED);
    LocalOutcome stopped = stopOnceRunning(4);

    assertThat(stopped).isInstanceOf(LocalOutcome.Stopped.class);
    assertThat(((LocalOutcome.Stopped) stopped).why()).isEqualTo(LocalOutcome.Why.Requested);
    assertThat(launcher.started).hasSize(4).allMatch(worker -> worker.terminated);
    assertThat(launcher.started).noneMatch(worker -> worker.killed);

    launcher = new ScriptedLauncher(ALL_SUCCEED);
    SweepSnapshot last = finish();
    assertThat(last.count(DisplayState.Succeeded)).isEqualTo(SmallSweep.TRIALS);
    assertThat(last.trials()).allMatch(trial -> status(trial).failures() == 0);
  }

  @Test
  void aStopKillsWorkersThatDoNotStopInTime() {
    clock = TestClock.running(50);
    launcher = new ScriptedLauncher((trial, attempt) -> ScriptedLauncher.HANG);

    assertThat(stopOnceRunning(4)).isInstanceOf(LocalOutcome.Stopped.class);
    assertThat(launcher.started).hasSize(4).allMatch(worker -> worker.terminated && worker.killed);
  }

  private LocalOutcome stopOnceRunning(int workers) {
    LocalSweep sweep = sweep(SmallSweep.manifest(), options());
    return sweep.run(
        new ProgressListener() {
          @Override
          public void progress(SweepSnapshot snapshot) {
            if (snapshot.count(DisplayState.Running) == workers) {
              sweep.stop();
            }
          }

          @Override
          public void event(SweepEvent event) {}
        });
  }

  @Test
  void aSuspendedSweepStartsNothingAndGoesOnOnceItIsNot() {
    LocalOutcome outcome = run(SmallSweep.manifest("  laws:", "  suspend: true\n  laws:"));

    assertThat(((LocalOutcome.Stopped) outcome).why()).isEqualTo(LocalOutcome.Why.Suspended);
    assertThat(launcher.started).isEmpty();
    assertThat(finish().count(DisplayState.Succeeded)).isEqualTo(SmallSweep.TRIALS);
  }

  @Test
  void fieldsThatDefineTheExperimentMayNotChange() {
    finish();
    ScalingSweep changed = SmallSweep.manifest("batchSize: 4", "batchSize: 8");

    LocalOutcome outcome = run(changed);

    assertThat(((LocalOutcome.Refused) outcome).reasons())
        .anySatisfy(
            reason ->
                assertThat(reason)
                    .startsWith("spec.training.batchSize was 4 and is now 8")
                    .contains("metadata.name")
                    .contains("--fresh"));
  }

  @Test
  void aBudgetMayBeAddedAndOnlyItsTrialsAreTrained() {
    finish();
    launcher = new ScriptedLauncher(ALL_SUCCEED);

    LocalOutcome outcome = run(SmallSweep.manifest("1e11]", "1e11, 2e11]"));

    SweepSnapshot last = ((LocalOutcome.Finished) outcome).last();
    assertThat(launcher.started).hasSize(last.trials().size() - SmallSweep.TRIALS);
    assertThat(last.status().budgets()).hasSize(4);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "trialsPerBudget: 4 | trialsPerBudget: 6",
        "max: 8}, span: 8 | max: 12}, span: 20",
        "span: 8 | repeats: 2, span: 8",
      })
  void theGridMayGrowAndOnlyWhatItGainsIsTrained(String was, String is) {
    finish();
    Set<String> trained =
        launcher.started.stream().map(worker -> worker.folder.name()).collect(toSet());
    launcher = new ScriptedLauncher(ALL_SUCCEED);

    LocalOutcome outcome = run(SmallSweep.manifest(was, is));

    assertThat(outcome).isInstanceOf(LocalOutcome.Finished.class);
    SweepSnapshot last = ((LocalOutcome.Finished) outcome).last();
    assertThat(launcher.started)
        .isNotEmpty()
        .allSatisfy(worker -> assertThat(trained).doesNotContain(worker.folder.name()));
    assertThat(last.count(DisplayState.Succeeded))
        .isEqualTo(SmallSweep.TRIALS + launcher.started.size());
    assertThat(ConditionType.Degraded.isTrue(last.status().conditions())).isFalse();
    assertThat(progress.events(SweepEvent.Notice.class))
        .extracting(SweepEvent.Notice::message)
        .anySatisfy(
            told ->
                assertThat(told)
                    .contains("the 12 trials in", "stay, " + launcher.started.size() + " are new"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "trialsPerBudget: 4 | trialsPerBudget: 3 | spec.grid.trialsPerBudget was 4 and is now 3",
        "max: 8 | max: 7 | spec.grid.layers was",
        "span: 8 | span: 7 | spec.grid.span was 8.0 and is now 7",
        "coefficient: 0.5 | coefficient: 0.6 | spec.grid.centre.coefficient was 0.5",
      })
  void theGridMayNotShrinkOrMove(String was, String is, String expected) {
    finish();

    LocalOutcome outcome = run(SmallSweep.manifest(was, is));

    assertThat(outcome).isInstanceOf(LocalOutcome.Refused.class);
    assertThat(((LocalOutcome.Refused) outcome).reasons())
        .singleElement()
        .satisfies(reason -> assertThat(reason).contains(expected));
  }

  @Test
  void aBudgetMayNotBeTakenAway() {
    finish();
    LocalOutcome outcome = run(SmallSweep.manifest("[1e10, 3e10, 1e11]", "[1e10, 3e10]"));
    assertThat(((LocalOutcome.Refused) outcome).reasons().get(0)).startsWith("spec.budgets was");
  }

  @Test
  void lawsAreFittedAnewWhenTheirOptionsChange() {
    double width = intervalWidth(finish());
    LocalOutcome outcome =
        run(SmallSweep.manifest("laws: {bootstrap: 50}", "laws: {bootstrap: 50, confidence: 0.5}"));
    assertThat(intervalWidth(((LocalOutcome.Finished) outcome).last())).isLessThan(width);
  }

  private static double intervalWidth(SweepSnapshot snapshot) {
    LawsStatus laws = requireNonNull(snapshot.status().laws());
    IntervalStatus interval =
        requireNonNull(requireNonNull(laws.parameters()).interval()).exponent();
    return interval.upper() - interval.lower();
  }

  @Test
  void aFreshStartKeepsTheOldFolderUnderAnotherName() throws IOException {
    finish();
    launcher = new ScriptedLauncher(ALL_SUCCEED);

    LocalOutcome outcome =
        sweep(SmallSweep.manifest("batchSize: 4", "batchSize: 2"), options().withFresh(true))
            .run(progress);

    assertThat(outcome).isInstanceOf(LocalOutcome.Finished.class);
    assertThat(launcher.started).hasSizeGreaterThanOrEqualTo(9);
    try (var kept = Files.list(runs)) {
      assertThat(kept.map(path -> path.getFileName().toString()).sorted())
          .hasSize(2)
          .first()
          .isEqualTo("small");
    }
  }

  @Test
  void trialsOfAnotherPlanAreNotSilentlyLeftBehind() throws IOException {
    finish();
    Path own = folder("trials", ODD);
    Files.move(own, folder("trials", "small-of-another-version"));

    LocalOutcome outcome = run();

    assertThat(((LocalOutcome.Refused) outcome).reasons())
        .singleElement()
        .asString()
        .contains("small-of-another-version")
        .contains("another version of Isoflop");
  }

  @Test
  void aSecondRunOfTheFolderIsRefusedWithTheHoldersProcess() throws Exception {
    Files.createDirectories(folder());
    FolderLock lock = FolderLock.acquire(folder("lock"));
    try {
      assertThat(run())
          .isEqualTo(
              new LocalOutcome.Failed(
                  "%s: another run of this folder is going on, by process %2$d; wait for it, or stop it with Ctrl-C or kill %2$d"
                      .formatted(folder(), ProcessHandle.current().pid())));
    } finally {
      lock.close();
    }
    assertThat(run()).isInstanceOf(LocalOutcome.Finished.class);
  }

  @Test
  void damagedStateFilesAreRebuiltFromResults() throws IOException {
    SweepSnapshot first = finish();
    Files.writeString(folder("trials", ODD, "trial.yaml"), "spec: [");
    Files.writeString(folder("status.yaml"), "\u0000\u0000");
    Files.writeString(folder("sweep.yaml"), "");
    launcher = new ScriptedLauncher(ALL_SUCCEED);

    SweepSnapshot second = finish();

    assertThat(launcher.started).isEmpty();
    assertThat(second.status().laws()).isEqualTo(first.status().laws());
    assertThat(progress.notices()).hasSize(3);
    assertThat(folder("trials", ODD, "trial.yaml.damaged")).hasContent("spec: [");
  }

  @Test
  void aFileInTheFoldersPlaceIsNamed() throws IOException {
    Files.writeString(folder(), "not a folder");
    assertThat(((LocalOutcome.Failed) run()).reason())
        .startsWith(folder("trials") + ": cannot be written")
        .contains("move it away");
  }

  @Test
  void aDiskThatFailsInTheMiddleEndsTheRunAndItsWorkersAndLosesNothing() throws IOException {
    launcher =
        new ScriptedLauncher(
            (trial, attempt) ->
                worker -> {
                  if (trial.equals(ODD)) {
                    // Nothing can be renamed over a folder, so the next status cannot be written.
                    Files.delete(worker.folder.file("trial.yaml"));
                    Files.createDirectories(worker.folder.file("trial.yaml/full"));
                  }
                  if (launcher.started.size() < 4) {
                    ScriptedLauncher.RUN_UNTIL_STOPPED.play(worker);
                  } else {
                    ScriptedLauncher.SUCCEED.play(worker);
                  }
                });

    LocalOutcome outcome = run();

    assertThat(((LocalOutcome.Failed) outcome).reason())
        .startsWith(folder("trials", ODD, "trial.yaml") + ": cannot be written");
    assertThat(launcher.running).hasValue(0);

    Files.delete(folder("trials", ODD, "trial.yaml/full"));
    Files.delete(folder("trials", ODD, "trial.yaml"));
    launcher = new ScriptedLauncher(ALL_SUCCEED);
    SweepSnapshot last = finish();
    assertThat(last.count(DisplayState.Succeeded)).isEqualTo(SmallSweep.TRIALS);
    assertThat(launcher.started).hasSizeLessThan(SmallSweep.TRIALS);
  }

  @Test
  void aManifestThatCannotBePlannedIsRefusedAndLeavesNoFolder() {
    LocalOutcome outcome = run(SmallSweep.manifest("[1e10, 3e10, 1e11]", "[1e3]"));
    assertThat(((LocalOutcome.Refused) outcome).reasons()).isNotEmpty();
    assertThat(folder()).doesNotExist();
  }

  @Test
  void aWindowThatIsClosedIsWaitedFor() {
    TestClock evening = TestClock.standingAt(Instant.parse("2026-03-01T19:59:00Z"));
    clock = evening;
    LocalSweep sweep =
        sweep(
            SmallSweep.manifest(
                "  laws:",
                "  scheduling: {window: {cron: \"0 0 20 * * ?\", duration: PT10H}}\n  laws:"),
            options());
    List<Integer> startedBefore = new ArrayList<>();

    LocalOutcome outcome =
        sweep.run(
            new ProgressListener() {
              @Override
              public void progress(SweepSnapshot snapshot) {
                startedBefore.add(launcher.started.size());
                if (startedBefore.size() == 3) {
                  evening.set(Instant.parse("2026-03-01T20:00:00Z"));
                }
              }

              @Override
              public void event(SweepEvent event) {}
            });

    assertThat(((LocalOutcome.Finished) outcome).last().count(DisplayState.Succeeded))
        .isEqualTo(SmallSweep.TRIALS);
    assertThat(startedBefore).startsWith(0, 0, 0).endsWith(SmallSweep.TRIALS);
  }

  @Test
  void anOutcomeTypeHasItsState() {
    for (OutcomeType type : OutcomeType.values()) {
      assertThat(DisplayState.of(type).name()).isEqualTo(type.name());
    }
  }
}
