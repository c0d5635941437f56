package dev.isoflop.operator.local;

import dev.isoflop.operator.local.process.Worker;
import dev.isoflop.operator.local.process.WorkerLauncher;
import dev.isoflop.operator.local.store.LocalFaultException;
import dev.isoflop.operator.local.store.TrialFolder;
import dev.isoflop.trial.ProcessIdentity;
import dev.isoflop.trial.TrialConfig;
import dev.isoflop.trial.TrialFiles;
import dev.isoflop.trial.TrialJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Workers that are no processes: each does at once what the script says of its attempt. */
public final class ScriptedLauncher implements WorkerLauncher {
  /** What an attempt does. */
  public interface Script {
    void play(ScriptedWorker worker) throws IOException;
  }

  /** Says what the attempt of a number (from 1) of a trial does. */
  public interface Casting {
    Script script(String trial, int attempt);
  }

  public static final Script SUCCEED_AND_STAY =
      worker ->
          worker.write(
              TrialFiles.RESULT,
              TrialJson.MAPPER.writeValueAsBytes(
                  FakeTraining.succeeded(
                      worker.config, FakeTraining.train(worker.config.experiment().steps()))));

  public static final Script SUCCEED =
      worker -> {
        SUCCEED_AND_STAY.play(worker);
        worker.exit(0);
      };

  /** Uses no processor time, but stops when it is asked to. */
  public static final Script STAND_STILL =
      worker -> {
        worker.processorTime = Optional.of(() -> Duration.ofSeconds(3));
        worker.onTerminate = () -> worker.exit(143);
      };

  /** Runs until it is asked to stop. */
  public static final Script RUN_UNTIL_STOPPED =
      worker -> worker.onTerminate = () -> worker.exit(143);

  /** Runs until it is killed. */
  public static final Script HANG = worker -> {};

  private final Casting casting;
  public final List<ScriptedWorker> started = new ArrayList<>();
  public final AtomicInteger running = new AtomicInteger();
  public final AtomicInteger mostRunning = new AtomicInteger();

  public ScriptedLauncher(Casting casting) {
    this.casting = casting;
  }

  public static void play(Script script, ScriptedWorker worker) {
    try {
      script.play(worker);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static Script exit(int code) {
    return worker -> worker.exit(code);
  }

  @Override
  public Worker launch(TrialFolder folder, int threads) throws LocalFaultException {
    try {
      TrialConfig config =
          TrialJson.MAPPER.readValue(
              Files.readAllBytes(folder.file(TrialFiles.CONFIG)), TrialConfig.class);
      ScriptedWorker worker = new ScriptedWorker(folder, config);
      int attempt = (int) started.stream().filter(it -> it.folder.equals(folder)).count() + 1;
      started.add(worker);
      mostRunning.accumulateAndGet(running.incrementAndGet(), Math::max);
      casting.script(folder.name(), attempt).play(worker);
      return worker;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public final class ScriptedWorker implements Worker {
    public final TrialFolder folder;
    public final TrialConfig config;
    final Instant startedAt = Instant.now();
    final CompletableFuture<OptionalInt> exit = new CompletableFuture<>();
    public boolean terminated;
    public boolean killed;
    Runnable onTerminate = () -> {};
    Optional<Supplier<Duration>> processorTime = Optional.empty();

    private ScriptedWorker(TrialFolder folder, TrialConfig config) {
      this.folder = folder;
      this.config = config;
    }

    public void write(String file, byte[] content) throws IOException {
      Files.write(folder.file(file), content);
    }

    public void exit(int code) {
      if (!exit.isDone()) {
        running.decrementAndGet();
        exit.complete(OptionalInt.of(code));
      }
    }

    @Override
    public ProcessIdentity process() {
      return new ProcessIdentity(0, startedAt.toString(), null, null);
    }

    @Override
    public CompletableFuture<OptionalInt> exit() {
      return exit;
    }

    @Override
    public Optional<Duration> processorTime() {
      return processorTime.map(Supplier::get);
    }

    @Override
    public void terminate() {
      terminated = true;
      onTerminate.run();
    }

    @Override
    public void kill() {
      killed = true;
      exit(137);
    }
  }
}
