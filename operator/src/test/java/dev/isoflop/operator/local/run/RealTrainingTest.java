package dev.isoflop.operator.local.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.operator.local.RealWorkers;
import dev.isoflop.operator.local.RecordedProgress;
import dev.isoflop.operator.local.SmallSweep;
import dev.isoflop.operator.local.process.Worker;
import dev.isoflop.operator.local.process.WorkerLauncher;
import dev.isoflop.operator.local.store.LocalFaultException;
import dev.isoflop.operator.local.store.TrialFolder;
import dev.isoflop.operator.manifest.InvalidManifestException;
import dev.isoflop.operator.manifest.ManifestReader;
import dev.isoflop.operator.sweep.state.ConditionType;
import dev.isoflop.trial.OutcomeReason;
import dev.isoflop.trial.OutcomeType;
import dev.isoflop.trial.TrialFiles;
import dev.isoflop.trial.TrialJson;
import dev.isoflop.trial.TrialOutcome;
import dev.isoflop.trial.TrialResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whole sweeps with the real worker: models are trained, workers are killed. */
@Timeout(600)
class RealTrainingTest {
  private static final int KILLS = 5;

  private static final String MANIFEST =
      """
      apiVersion: isoflop.dev/v1alpha1
      kind: ScalingSweep
      metadata: {name: real}
      spec:
        budgets: [3e9, 5e9, 8e9]
        grid:
          trialsPerBudget: 3
          span: 4
          centre: {coefficient: 4900, exponent: 0}
          shapes:
            - {layers: 2, width: 8}
            - {layers: 2, width: 16}
            - {layers: 2, width: 24}
            - {layers: 2, width: 32}
        model: {architecture: InContext, headDimension: 8, patchSize: 2}
        data:
          imageSize: 8
          channels: 1
          textEncoder: {type: Hashed, tokens: 4, width: 8}
          train: {name: scenes, uri: "scenes:solid", format: Scenes}
          evaluation:
            - {name: scenes, uri: "scenes:solid", format: Scenes}
        training:
          batchSize: 16
          optimizer: {learningRate: 8e-3}
          emaDecay: 0.98
          checkpointInterval: PT1S
        evaluation: {samples: 256, metrics: [ValidationLoss]}
        laws: {bootstrap: 50}
      """;

  private final Path runs;

  RealTrainingTest(@TempDir Path runs) {
    this.runs = runs;
  }

  private static ScalingSweep manifest(String text) {
    try {
      return new ManifestReader().parse("test", text);
    } catch (InvalidManifestException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static SweepSnapshot run(
      ScalingSweep manifest, Path folder, WorkerLauncher launcher, ProgressListener listener) {
    LocalOutcome outcome =
        new LocalSweep(
                manifest,
                LocalOptions.in(folder).withCores(2).withTick(Duration.ofMillis(100)),
                launcher,
                SmallSweep.decider(),
                Clock.systemUTC())
            .run(listener);
    assertThat(outcome).isInstanceOf(LocalOutcome.Finished.class);
    return ((LocalOutcome.Finished) outcome).last();
  }

  /** By trial, all of its result but the time it took, and its curve but the column of times. */
  private static Map<String, String> numbers(SweepSnapshot snapshot) throws IOException {
    Map<String, String> numbers = new TreeMap<>();
    for (TrialSnapshot trial : snapshot.trials()) {
      TrialResult result = trial.result().orElseThrow();
      assertThat(result.outcome().type()).isEqualTo(OutcomeType.Succeeded);
      ObjectNode tree = TrialJson.MAPPER.valueToTree(result);
      tree.remove(List.of("trainingSeconds", "evaluationSeconds", "modelFlopsUtilization"));
      StringBuilder text = new StringBuilder(tree.toString());
      for (String row : Files.readAllLines(trial.folder().file(TrialFiles.CURVE))) {
        text.append('\n').append(row, 0, row.lastIndexOf(','));
      }
      numbers.put(trial.name(), text.toString());
    }
    return numbers;
  }

  /** A worker, and when its trial's curve was last written before it was launched. */
  private record Launched(Worker worker, Path curve, Instant lastWritten) {
    boolean runs() {
      return !worker.exit().isDone();
    }

    boolean trains() {
      return runs() && lastWritten(curve).isAfter(lastWritten);
    }

    private static Instant lastWritten(Path curve) {
      try {
        return Files.getLastModifiedTime(curve).toInstant();
      } catch (NoSuchFileException e) {
        return Instant.MIN;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /**
   * Kills running workers at random moments, every other time one that trains already, until enough
   * were killed or the sweep is over.
   */
  private static final class Killer implements WorkerLauncher, AutoCloseable {
    private final WorkerLauncher processes;
    private final List<Launched> launched = new CopyOnWriteArrayList<>();
    private final Random random = new Random(11);
    private final AtomicInteger kills = new AtomicInteger();
    private final AtomicBoolean over = new AtomicBoolean();
    private final Thread thread = new Thread(this::killOnAndOn, "killer");

    Killer(WorkerLauncher processes) {
      this.processes = processes;
      thread.start();
    }

    @Override
    public Worker launch(TrialFolder folder, int threads) throws LocalFaultException {
      Path curve = folder.file(TrialFiles.CURVE);
      Instant lastWritten = Launched.lastWritten(curve);
      Worker worker = processes.launch(folder, threads);
      launched.add(new Launched(worker, curve, lastWritten));
      return worker;
    }

    private void killOnAndOn() {
      while (!over.get() && kills.get() < KILLS) {
        pause(100 + random.nextInt(1000));
        boolean training = kills.get() % 2 == 0;
        List<Launched> now =
            launched.stream()
                .filter(candidate -> training ? candidate.trains() : candidate.runs())
                .toList();
        if (!now.isEmpty()) {
          now.get(random.nextInt(now.size())).worker().kill();
          kills.incrementAndGet();
        }
      }
    }

    private static void pause(int milliseconds) {
      try {
        Thread.sleep(milliseconds);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void close() {
      over.set(true);
      boolean interrupted = false;
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Test
  void workersKilledAtRandomMomentsCostNoAttemptAndChangeNoDigit() throws Exception {
    ScalingSweep manifest = manifest(MANIFEST);
    SweepSnapshot undisturbed =
        run(manifest, runs.resolve("a"), RealWorkers.launcher(), ProgressListener.none());
    RecordedProgress told = new RecordedProgress();
    SweepSnapshot disturbed;
    int kills;
    try (Killer killer = new Killer(RealWorkers.launcher())) {
      disturbed = run(manifest, runs.resolve("b"), killer, told);
      kills = killer.kills.get();
    }

    assertThat(kills).isGreaterThanOrEqualTo(3);
    assertThat(numbers(disturbed)).isEqualTo(numbers(undisturbed)).hasSize(9);
    assertThat(disturbed.status().laws()).isEqualTo(undisturbed.status().laws());
    assertThat(disturbed.status().budgets()).isEqualTo(undisturbed.status().budgets());
    assertThat(ConditionType.Succeeded.isTrue(undisturbed.status().conditions())).isTrue();
    int disruptions =
        disturbed.trials().stream()
            .mapToInt(trial -> trial.status().orElseThrow().disruptions())
            .sum();
    // A worker that is killed when its result is written already has ended its trial.
    assertThat(disruptions).isBetween(2, kills);
    assertThat(disturbed.trials()).allMatch(trial -> trial.status().orElseThrow().failures() == 0);
    assertThat(told.events(SweepEvent.AttemptEnded.class)).hasSize(disruptions);
  }

  /** At this rate a width of 48 explodes in its first steps; 8 and 16 learn little, but learn. */
  @Test
  void trialsThatDivergeAreExcludedTheRestGoesOnAndTheMissingLawsAreExplained() throws Exception {
    ScalingSweep manifest =
        manifest(
            MANIFEST
                .replace("[3e9, 5e9, 8e9]", "[1e9, 2e9, 3e9]")
                .replace("span: 4", "span: 6")
                .replace("coefficient: 4900", "coefficient: 10000")
                .replace("            - {layers: 2, width: 24}\n", "")
                .replace("width: 32", "width: 48")
                .replace("learningRate: 8e-3", "learningRate: 0.25"));

    SweepSnapshot last = run(manifest, runs, RealWorkers.launcher(), ProgressListener.none());

    for (TrialSnapshot trial : last.trials()) {
      TrialOutcome outcome = trial.result().orElseThrow().outcome();
      assertThat(trial.status().orElseThrow().attempt()).isEqualTo(1);
      if (trial.planned().experiment().shape().width() == 48) {
        assertThat(outcome.type()).isEqualTo(OutcomeType.Excluded);
        assertThat(outcome.reason()).isEqualTo(OutcomeReason.Diverged);
        assertThat(outcome.message())
            .startsWith("training diverged: step ")
            .contains("lower training.optimizer.learningRate");
      } else {
        assertThat(outcome).isEqualTo(TrialOutcome.succeeded());
      }
    }
    assertThat(last.count(DisplayState.Excluded)).isEqualTo(3);
    assertThat(last.count(DisplayState.Succeeded)).isEqualTo(6);
    assertThat(last.status().conditions())
        .filteredOn(condition -> condition.getType().equals(ConditionType.LawsFitted.name()))
        .singleElement()
        .satisfies(
            condition -> {
              assertThat(condition.getStatus()).isEqualTo("False");
              assertThat(condition.getMessage()).contains("budget");
            });
  }
}
