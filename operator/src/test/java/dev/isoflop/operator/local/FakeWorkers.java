package dev.isoflop.operator.local;

import dev.isoflop.operator.gpu.WorkerGpus;
import dev.isoflop.operator.local.process.ProcessWorkerLauncher;
import dev.isoflop.operator.local.process.Worker;
import dev.isoflop.operator.local.process.WorkerLauncher;
import dev.isoflop.operator.local.process.WorkerProgram;
import dev.isoflop.operator.local.store.LocalFaultException;
import dev.isoflop.operator.local.store.TrialFolder;
import dev.isoflop.trial.TrialConfig;
import dev.isoflop.trial.TrialFiles;
import dev.isoflop.trial.TrialJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Starts fake workers, and parents of fake workers, as processes of the test class path. */
public final class FakeWorkers implements WorkerLauncher {
  private static final List<String> QUICK_START =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx128m", "-Xshare:auto");

  /** Surefire hides the class path in a jar, and tells it in a property of its own. */
  private static final String CLASS_PATH =
      System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));

  private final WorkerLauncher processes;
  private final int millis;
  private final boolean metrics;

  /** Workers whose trials take so long. */
  public FakeWorkers(Path runs, int millis, boolean metrics) {
    this(runs, millis, metrics, WorkerGpus.none());
  }

  /** The same that share out GPUs. */
  public FakeWorkers(Path runs, int millis, boolean metrics, WorkerGpus gpus) {
    this.millis = millis;
    this.metrics = metrics;
    processes =
        new ProcessWorkerLauncher(
            new WorkerProgram(
                WorkerProgram.thisJava(),
                QUICK_START,
                List.of(arguments(runs, FakeWorkerMain.class))),
            Clock.systemUTC(),
            gpus);
  }

  @Override
  public Worker launch(TrialFolder folder, int threads) throws LocalFaultException {
    try {
      TrialConfig config =
          TrialJson.MAPPER.readValue(
              Files.readAllBytes(folder.file(TrialFiles.CONFIG)), TrialConfig.class);
      long steps = config.experiment().steps();
      long state = FakeTraining.train(steps);
      String result = TrialJson.MAPPER.writeValueAsString(FakeTraining.succeeded(config, state));
      Files.writeString(
          folder.file(FakeWorkerMain.TASK),
          steps + "\n" + state + "\n" + millis + "\n" + metrics + "\n" + result + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return processes.launch(folder, threads);
  }

  /** The command of a parent process that runs the small sweep. */
  public static List<String> parent(Path runs, int millis, String... more) {
    List<String> command = new ArrayList<>();
    command.add(WorkerProgram.thisJava().toString());
    command.addAll(QUICK_START);
    command.add(arguments(runs, LocalSweepMain.class));
    command.add(runs.toString());
    command.add(Integer.toString(millis));
    command.addAll(List.of(more));
    return command;
  }

  /**
   * A file of arguments: the test class path would make a command line that is longer than the
   * system tells of a process.
   */
  private static String arguments(Path runs, Class<?> main) {
    Path file = runs.resolve(main.getSimpleName() + ".arguments");
    try {
      Files.createDirectories(runs);
      Files.writeString(file, "-cp \"" + CLASS_PATH + "\"\n" + main.getName() + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return "@" + file;
  }
}
