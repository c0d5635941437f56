package dev.isoflop.operator.local.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.isoflop.api.v1alpha1.ScalingSweep;
import dev.isoflop.operator.local.RealWorkers;
import dev.isoflop.operator.local.SmallSweep;
import dev.isoflop.operator.manifest.ManifestReader;
import dev.isoflop.trial.TrialResult;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the time of a whole sweep goes: the quickstart, run as the command line runs it. */
@Tag("bench")
class SweepBench {
  @Test
  void runsTheQuickstart(@TempDir Path runs) throws Exception {
    ScalingSweep quickstart =
        new ManifestReader().read(Path.of("..", "examples", "quickstart.yaml"));
    Occupation occupation = new Occupation();
    Instant began = Instant.now();
    LocalOutcome outcome =
        new LocalSweep(
                quickstart,
                LocalOptions.in(runs),
                RealWorkers.launcher(),
                SmallSweep.decider(),
                Clock.systemUTC())
            .run(occupation);
    double wall = seconds(began, Instant.now());
    SweepSnapshot last = ((LocalOutcome.Finished) outcome).last();
    int slots = last.share().slots();
    double training = 0;
    double evaluation = 0;
    for (TrialSnapshot trial : last.trials()) {
      TrialResult result = trial.result().orElseThrow();
      training += result.trainingSeconds();
      evaluation += result.evaluationSeconds();
    }
    double tail = slots * wall - slots * seconds(began, occupation.firstIdle);
    double given = slots * wall - tail;
    double occupied = occupation.seconds;
    assertThat(training).isPositive().isLessThan(slots * wall);
    System.out.printf(
        Locale.ROOT,
        "quickstart: %.1f s on %d slots; of %.1f slot seconds %.1f %% training, %.1f %% evaluation,"
            + " %.1f %% starting and ending workers, %.1f %% waiting for the next trial, %.1f %%"
            + " idle at the end%n",
        wall,
        slots,
        slots * wall,
        100 * training / (slots * wall),
        100 * evaluation / (slots * wall),
        100 * (occupied - training - evaluation) / (slots * wall),
        100 * (given - (occupied - occupation.secondsAfterFirstIdle())) / (slots * wall),
        100 * (tail - occupation.secondsAfterFirstIdle()) / (slots * wall));
  }

  private static double seconds(Instant from, Instant to) {
    return Duration.between(from, to).toNanos() * 1e-9;
  }

  /** When the slots had a worker. */
  private static final class Occupation implements ProgressListener {
    private final Map<String, Instant> running = new HashMap<>();
    private double seconds;
    private double afterFirstIdle;
    private long waiting = Long.MAX_VALUE;
    private Instant firstIdle = Instant.MAX;

    @Override
    public void progress(SweepSnapshot snapshot) {
      waiting = snapshot.count(DisplayState.Waiting);
    }

    @Override
    public void event(SweepEvent event) {
      if (event instanceof SweepEvent.AttemptStarted started) {
        running.put(started.trial(), started.at());
      } else if (event instanceof SweepEvent.TrialEnded ended) {
        Instant start = Objects.requireNonNull(running.remove(ended.trial()));
        seconds += SweepBench.seconds(start, ended.at());
        if (waiting == 0 && firstIdle.equals(Instant.MAX)) {
          firstIdle = ended.at();
        } else if (!firstIdle.equals(Instant.MAX)) {
          afterFirstIdle += SweepBench.seconds(firstIdle, ended.at());
        }
      }
    }

    /** What was still worked when no trial was left to start. */
    double secondsAfterFirstIdle() {
      return afterFirstIdle;
    }
  }
}
