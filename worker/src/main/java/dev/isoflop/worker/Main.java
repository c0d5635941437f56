package dev.isoflop.worker;

import dev.isoflop.trial.ExitCode;
import dev.isoflop.trial.TrialConfig;
import dev.isoflop.worker.check.CheckProgram;
import dev.isoflop.worker.fault.TrialFault;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * The worker program: {@code java -cp ... dev.isoflop.worker.Main config.json} trains a trial,
 * {@code ... Main check request.json} looks at a sweep's data, {@code ... Main make-folders
 * PATH...} makes the folders that a trial will be given. See {@link ExitCode} for how it ends.
 */
public final class Main {
  private static final String CHECK = "check";

  /** Where Kubernetes looks for a container's last words. */
  private static final Path TERMINATION_MESSAGE = Path.of("/dev/termination-log");

  private final AtomicBoolean stopRequested = new AtomicBoolean();
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile ExitCode exitCode = ExitCode.TRANSIENT;

  private Main() {}

  /** Runs the trial of the configuration file named by the one argument. */
  public static void main(String[] arguments) {
    System.setErr(ShownStream.standardError());
    new Main().run(arguments);
  }

  private void run(String[] arguments) {
    Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "isoflop-stop"));
    try {
      exitCode = trial(arguments);
    } finally {
      ended.countDown();
    }
    if (!stopRequested.get()) {
      System.exit(exitCode.code());
    }
  }

  /**
   * Runs when the process is asked to end, by SIGTERM, SIGINT or its own exit. Waits for the trial
   * to reach a step boundary and write its checkpoint, then ends the process with the trial's
   * status.
   */
  private void stop() {
    stopRequested.set(true);
    boolean interrupted = false;
    while (ended.getCount() > 0) {
      try {
        ended.await();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(exitCode.code());
  }

  private ExitCode trial(String[] arguments) {
    if (arguments.length == 2 && arguments[0].equals(CHECK)) {
      return new CheckProgram(System.out, System.err, stopRequested::get)
          .run(Path.of(arguments[1]));
    }
    if (arguments.length > 1 && arguments[0].equals(FolderMaker.COMMAND)) {
      return new FolderMaker(TERMINATION_MESSAGE, System.err)
          .make(Stream.of(arguments).skip(1).map(Path::of).toList());
    }
    if (arguments.length != 1) {
      System.err.println(
          "error: %d arguments; give one, the path of a trial's config.json"
              .formatted(arguments.length));
      return ExitCode.GIVE_UP;
    }
    TrialConfig config;
    try {
      config = ConfigReader.read(Path.of(arguments[0]));
    } catch (TrialFault fault) {
      System.err.println("error: " + fault.getMessage());
      return fault.exitCode();
    }
    return new TrialWorker(config, stopRequested::get, System.err, System::nanoTime).run();
  }
}
