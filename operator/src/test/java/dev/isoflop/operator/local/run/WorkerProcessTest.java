package dev.isoflop.operator.local.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.api.v1alpha1.Trial;
import dev.isoflop.metric.Metric;
import dev.isoflop.operator.gpu.WorkerGpus;
import dev.isoflop.operator.local.FakeGpus;
import dev.isoflop.operator.local.FakeTraining;
import dev.isoflop.operator.local.FakeWorkerMain;
import dev.isoflop.operator.local.FakeWorkers;
import dev.isoflop.operator.local.LocalSweepMain;
import dev.isoflop.operator.local.RecordedProgress;
import dev.isoflop.operator.local.ScriptedLauncher;
import dev.isoflop.operator.local.SmallSweep;
import dev.isoflop.operator.local.process.ProcessWorker;
import dev.isoflop.operator.local.process.WorkerLauncher;
import dev.isoflop.operator.local.process.WorkerProgram;
import dev.isoflop.operator.local.store.AttemptRecord;
import dev.isoflop.operator.local.store.SweepFolder;
import dev.isoflop.operator.local.store.TrialFolder;
import dev.isoflop.operator.plan.PlannedTrial;
import dev.isoflop.trial.ProcessIdentity;
import dev.isoflop.trial.TrialFiles;
import dev.isoflop.trial.TrialResult;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Worker processes and parent processes that end in every way but the good one. */
@Timeout(300)
class WorkerProcessTest {
  private final Path runs;
  private final RecordedProgress progress = new RecordedProgress();
  private final List<Process> parents = new ArrayList<>();

  WorkerProcessTest(@TempDir Path runs) {
    this.runs = runs;
  }

  @AfterEach
  void leaveNothingBehind() {
    parents.forEach(Process::destroyForcibly);
    workers().forEach(ProcessHandle::destroyForcibly);
  }

  private Stream<ProcessHandle> workers() {
    return ProcessHandle.allProcesses()
        .filter(ProcessWorker::runs)
        .filter(process -> process.info().command().filter(it -> it.endsWith("java")).isPresent())
        .filter(
            process ->
                process
                    .info()
                    .arguments()
                    .map(List::of)
                    .filter(arguments -> !arguments.isEmpty())
                    .map(arguments -> arguments.get(arguments.size() - 1))
                    .filter(last -> last.startsWith(runs + "/") && last.endsWith("config.json"))
                    .isPresent());
  }

  private LocalOutcome run(int millis) {
    return sweep(new FakeWorkers(runs, millis, false)).run(progress);
  }

  private LocalSweep sweep(WorkerLauncher launcher) {
    return new LocalSweep(
        SmallSweep.manifest(),
        LocalOptions.in(runs).withCores(3).withTick(Duration.ofMillis(50)),
        launcher,
        SmallSweep.decider(),
        Clock.systemUTC());
  }

  private Process parent(int millis, String... more) throws IOException {
    Process parent =
        new ProcessBuilder(FakeWorkers.parent(runs, millis, more))
            .redirectErrorStream(true)
            .redirectOutput(runs.resolve("parent.log").toFile())
            .start();
    parents.add(parent);
    return parent;
  }

  private String parentLog() throws IOException {
    return Files.readString(runs.resolve("parent.log"));
  }

  private SweepFolder folder() {
    return SweepFolder.of(runs, SmallSweep.NAME);
  }

  /**
   * Waits until trials have ended and another worker has just begun, so that it is caught at it.
   */
  private void awaitMiddle(Process parent) throws Exception {
    Set<Long> earlier = new HashSet<>();
    while (!parentLog().contains("TrialEnded")) {
      workers().map(ProcessHandle::pid).forEach(earlier::add);
      pauseWhileAlive(parent);
    }
    while (workers().count() < 2 || workers().map(ProcessHandle::pid).allMatch(earlier::contains)) {
      pauseWhileAlive(parent);
    }
  }

  private void pauseWhileAlive(Process parent) throws Exception {
    assertThat(parent.isAlive()).as(parentLog()).isTrue();
    Thread.sleep(20);
  }

  /** Every number is what an undisturbed training gives, and no folder ever had two workers. */
  private void assertUndisturbedNumbers(LocalOutcome outcome) {
    assertThat(outcome).isInstanceOf(LocalOutcome.Finished.class);
    SweepSnapshot last = ((LocalOutcome.Finished) outcome).last();
    for (TrialSnapshot trial : last.trials()) {
      PlannedTrial planned = trial.planned();
      long state = FakeTraining.train(planned.experiment().steps());
      TrialResult result = trial.result().orElseThrow();
      assertThat(result.metric(Metric.ValidationLoss, "scenes").orElseThrow().value())
          .as(trial.name())
          .isEqualTo(FakeTraining.loss(planned.experiment(), state));
      assertThat(trial.folder().file(FakeWorkerMain.DOUBLED)).doesNotExist();
      assertThat(trial.status().orElseThrow().failures()).isZero();
    }
    assertThat(workers()).isEmpty();
  }

  @Test
  void workersKilledAtRandomMomentsAreResumedAndTheLawsAreThoseOfAnUndisturbedRun()
      throws Exception {
    LocalOutcome undisturbed =
        new LocalSweep(
                SmallSweep.manifest(),
                LocalOptions.in(runs.resolve("undisturbed")).withTick(Duration.ofMillis(20)),
                new ScriptedLauncher((trial, attempt) -> ScriptedLauncher.SUCCEED),
                SmallSweep.decider(),
                Clock.systemUTC())
            .run(ProgressListener.none());
    Random random = new Random(42);
    AtomicBoolean over = new AtomicBoolean();
    Thread killer =
        new Thread(
            () -> {
              int kills = 0;
              while (kills < 6 && !over.get()) {
                List<ProcessHandle> running = workers().toList();
                if (running.size() > 1
                    && running.get(random.nextInt(running.size())).destroyForcibly()) {
                  kills++;
                }
                sleep(200 + random.nextInt(300));
              }
            });
    killer.start();

    LocalOutcome outcome = run(400);

    over.set(true);
    killer.join();
    assertUndisturbedNumbers(outcome);
    assertThat(disruptions((LocalOutcome.Finished) outcome)).isGreaterThanOrEqualTo(3);
    assertThat(((LocalOutcome.Finished) outcome).last().status().laws())
        .isEqualTo(((LocalOutcome.Finished) undisturbed).last().status().laws());
  }

  private static int disruptions(LocalOutcome.Finished outcome) {
    return outcome.last().trials().stream()
        .mapToInt(trial -> trial.status().orElseThrow().disruptions())
        .sum();
  }

  private static void sleep(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void workersOfAKilledParentAreTakenOverAndNeverDoubled() throws Exception {
    Process parent = parent(3000);
    awaitMiddle(parent);
    parent.destroyForcibly().waitFor();
    List<Long> orphans = workers().map(ProcessHandle::pid).toList();

    LocalOutcome outcome = run(200);

    assertUndisturbedNumbers(outcome);
    assertThat(progress.events(SweepEvent.WorkerAdopted.class))
        .extracting(SweepEvent.WorkerAdopted::pid)
        .isNotEmpty()
        .isSubsetOf(orphans);
  }

  /** Workers that an earlier run left behind keep their GPUs, and new ones get the others. */
  @Test
  void noTwoWorkersEverShareAGpuNotEvenThoseOfAKilledParent() throws Exception {
    Process parent = parent(3000, "3");
    awaitMiddle(parent);
    parent.destroyForcibly().waitFor();
    WorkerGpus gpus = FakeGpus.shared(3);

    LocalOutcome outcome =
        new LocalSweep(
                SmallSweep.manifest(),
                LocalOptions.in(runs).withCores(3).withTick(Duration.ofMillis(50)).withGpus(gpus),
                new FakeWorkers(runs, 200, false, gpus),
                SmallSweep.decider(),
                Clock.systemUTC())
            .run(progress);

    assertUndisturbedNumbers(outcome);
    assertThat(progress.events(SweepEvent.WorkerAdopted.class)).isNotEmpty();
    Set<String> used = new HashSet<>();
    for (TrialFolder trial : folder().trials()) {
      used.addAll(Files.readAllLines(trial.file(FakeWorkerMain.DEVICES)));
    }
    assertThat(used).containsExactlyInAnyOrder("GPU-0", "GPU-1", "GPU-2");
  }

  @Test
  void aParentAndItsWorkersKilledTogetherAreContinuedFromTheCheckpoints() throws Exception {
    Process parent = parent(3000);
    awaitMiddle(parent);
    parent.destroyForcibly().waitFor();
    workers().forEach(ProcessHandle::destroyForcibly);
    while (workers().findAny().isPresent()) {
      Thread.sleep(10);
    }

    LocalOutcome outcome = run(200);

    assertUndisturbedNumbers(outcome);
    assertThat(disruptions((LocalOutcome.Finished) outcome)).isGreaterThanOrEqualTo(1);
  }

  @Test
  void aParentThatIsAskedToEndStopsItsWorkersFirstAndTheSameCommandContinues() throws Exception {
    Process parent = parent(1500);
    awaitMiddle(parent);
    parent.destroy();
    assertThat(parent.waitFor(1, TimeUnit.MINUTES)).isTrue();

    assertThat(parentLog()).endsWith(LocalSweepMain.STOPPED + "\n");
    assertThat(parent.exitValue()).isEqualTo(143);
    assertThat(workers()).isEmpty();
    List<Trial> stored = folder().storedTrials(message -> {});
    assertThat(stored).hasSize(SmallSweep.TRIALS);

    assertUndisturbedNumbers(run(200));
  }

  /** A process of this user that has a worker's arguments, but is none. */
  private Process bystander(Path config) throws IOException {
    Process bystander =
        new ProcessBuilder("/bin/sh", "-c", "read line", "worker", config.toString()).start();
    parents.add(bystander);
    return bystander;
  }

  /** A trial's folder in which an attempt was begun, long ago. */
  private TrialFolder begun() throws Exception {
    TrialFolder trial = folder().trial(SmallSweep.plan().trials().get(0).name());
    Files.createDirectories(trial.path());
    Path config = Files.writeString(trial.file(TrialFiles.CONFIG), "{}");
    Files.setLastModifiedTime(config, FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
    return trial;
  }

  private void assertNobodyWasTakenForAWorker(Process bystander) {
    assertUndisturbedNumbers(run(100));
    LocalOutcome fresh =
        new LocalSweep(
                SmallSweep.manifest(),
                LocalOptions.in(runs).withCores(3).withTick(Duration.ofMillis(50)).withFresh(true),
                new FakeWorkers(runs, 100, false),
                SmallSweep.decider(),
                Clock.systemUTC())
            .run(progress);
    assertUndisturbedNumbers(fresh);
    assertThat(progress.events(SweepEvent.WorkerAdopted.class)).isEmpty();
    assertThat(bystander.isAlive()).isTrue();
  }

  @Test
  void aProcessWithTheArgumentsOfAWorkerIsNoWorker() throws Exception {
    Process bystander = bystander(begun().file(TrialFiles.CONFIG));
    assertNobodyWasTakenForAWorker(bystander);
  }

  /** A process id that was given out again after the worker that is recorded had ended. */
  @Test
  void aProcessWithTheIdOfAWorkerIsNoWorkerUnlessItsStartProgramAndUserAgree() throws Exception {
    TrialFolder trial = begun();
    Process bystander = bystander(trial.file(TrialFiles.CONFIG));
    ProcessIdentity its = ProcessIdentity.of(bystander.toHandle(), Instant.EPOCH);
    ProcessIdentity other =
        new ProcessIdentity(
            its.pid(), its.startedAt(), WorkerProgram.thisJava().toString(), its.user());
    trial.write(AttemptRecord.of(1, other));
    assertNobodyWasTakenForAWorker(bystander);
  }

  @Test
  void aWorkerWhoseParentWasKilledBeforeItWasRecordedIsKnownByTheLockThatItHolds()
      throws Exception {
    Process parent = parent(3000);
    awaitMiddle(parent);
    parent.destroyForcibly().waitFor();
    List<Long> orphans = workers().map(ProcessHandle::pid).toList();
    for (TrialFolder trial : folder().trials()) {
      Files.deleteIfExists(trial.file(TrialFolder.ATTEMPT));
    }

    LocalOutcome outcome = run(200);

    assertUndisturbedNumbers(outcome);
    assertThat(progress.events(SweepEvent.WorkerAdopted.class))
        .extracting(SweepEvent.WorkerAdopted::pid)
        .isNotEmpty()
        .isSubsetOf(orphans);
  }

  @Test
  void aFolderThatAnUnknownProcessHoldsIsLeftAloneAndTold() throws Exception {
    TrialFolder trial = begun();
    Path lock = trial.file(TrialFiles.LOCK);
    try (FileChannel held =
        FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      assertThat(held.lock().isValid()).isTrue();
      Files.writeString(lock, "1\n2026-01-01T00:00:00Z\n/sbin/init\nroot\n");

      LocalOutcome outcome = run(100);

      assertThat(outcome).isInstanceOf(LocalOutcome.Failed.class);
      assertThat(((LocalOutcome.Failed) outcome).reason())
          .startsWith(trial.path() + ": a process that is not known holds this trial's folder");
    }
  }

  @Test
  void aSecondParentIsToldWhoRunsTheFolder() throws Exception {
    Process parent = parent(1000);
    awaitMiddle(parent);
    LocalOutcome second = run(200);
    assertThat(((LocalOutcome.Failed) second).reason())
        .contains("another run of this folder is going on, by process " + parent.pid());
  }

  @Test
  void progressOfRunningWorkersArrives() {
    LocalSweep sweep = sweep(new FakeWorkers(runs, 2000, true));
    List<TrialSnapshot> heard = new ArrayList<>();
    sweep.run(
        new ProgressListener() {
          @Override
          public void progress(SweepSnapshot snapshot) {
            snapshot.trials().stream()
                .filter(trial -> trial.state() == DisplayState.Running)
                .filter(trial -> trial.stepsPerSecond().isPresent())
                .forEach(heard::add);
            if (!heard.isEmpty()) {
              sweep.stop();
            }
          }

          @Override
          public void event(SweepEvent event) {}
        });

    TrialSnapshot trial = heard.get(0);
    assertThat(trial.progress()).isBetween(0.05, 1.0);
    assertThat(trial.stepsPerSecond()).isPresent();
    assertThat(trial.remaining()).isPresent();
    assertThat(trial.flopsPerSecond()).isPresent();
  }
}
