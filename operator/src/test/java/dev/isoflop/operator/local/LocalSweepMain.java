package dev.isoflop.operator.local;

import dev.isoflop.operator.gpu.WorkerGpus;
import dev.isoflop.operator.local.run.LocalOptions;
import dev.isoflop.operator.local.run.LocalOutcome;
import dev.isoflop.operator.local.run.LocalSweep;
import dev.isoflop.operator.local.run.ProgressListener;
import dev.isoflop.operator.local.run.StopOnShutdown;
import dev.isoflop.operator.local.run.SweepEvent;
import dev.isoflop.operator.local.run.SweepSnapshot;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/** The parent process of the tests that kill it: a run of the small sweep with fake workers. */
public final class LocalSweepMain {
  static final String FINISHED = "finished";
  public static final String STOPPED = "stopped";

  private LocalSweepMain() {}

  /**
   * Runs the sweep below the folder of the first argument; the second is how many milliseconds a
   * trial takes, the third, if there is one, how many GPUs the workers share out.
   */
  public static void main(String[] arguments) {
    Path runs = Path.of(arguments[0]);
    WorkerGpus gpus =
        arguments.length > 2 ? FakeGpus.shared(Integer.parseInt(arguments[2])) : WorkerGpus.none();
    LocalOptions options =
        LocalOptions.in(runs).withCores(3).withTick(Duration.ofMillis(50)).withGpus(gpus);
    LocalSweep sweep =
        new LocalSweep(
            SmallSweep.manifest(),
            options,
            new FakeWorkers(runs, Integer.parseInt(arguments[1]), false, gpus),
            SmallSweep.decider(),
            Clock.systemUTC());
    StopOnShutdown stop = StopOnShutdown.of(sweep, options);
    try {
      System.out.println(word(sweep.run(new PrintedProgress())));
    } finally {
      stop.close();
    }
  }

  private static String word(LocalOutcome outcome) {
    if (outcome instanceof LocalOutcome.Finished) {
      return FINISHED;
    }
    return outcome instanceof LocalOutcome.Stopped ? STOPPED : outcome.toString();
  }

  private static final class PrintedProgress implements ProgressListener {
    @Override
    public void progress(SweepSnapshot snapshot) {}

    @Override
    public void event(SweepEvent event) {
      System.out.println(event);
    }
  }
}
