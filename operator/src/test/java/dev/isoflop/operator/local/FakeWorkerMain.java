package dev.isoflop.operator.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import dev.isoflop.api.v1alpha1.status.ProgressReport;
import dev.isoflop.trial.ProcessIdentity;
import dev.isoflop.trial.TrialFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * A worker process that trains nothing but behaves like the real one: it holds its folder's lock,
 * tells its metrics port, writes checkpoints, resumes, stops on SIGTERM, leaves a result. What it
 * trains stands in the file {@value #TASK}, see {@link FakeWorkers}; it reads no JSON, so that it
 * starts quickly.
 */
public final class FakeWorkerMain {
  /** Lines: steps, the state they must lead to, milliseconds, whether to serve metrics, result. */
  static final String TASK = "task";

  /** Appended to by a worker that found its folder taken: two ran at once. */
  public static final String DOUBLED = "doubled";

  /** Appended to by a worker with the GPU that it sees. */
  public static final String DEVICES = "devices";

  private static final int CHUNKS = 20;

  private final Path folder;
  private final long steps;
  private final long wanted;
  private final int millis;
  private final boolean metrics;
  private final String result;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile long done;
  private volatile boolean stop;
  private volatile int exitCode = 75;

  private FakeWorkerMain(Path folder) throws IOException {
    this.folder = folder;
    List<String> task = Files.readAllLines(folder.resolve(TASK));
    steps = Long.parseLong(task.get(0));
    wanted = Long.parseLong(task.get(1));
    millis = Integer.parseInt(task.get(2));
    metrics = Boolean.parseBoolean(task.get(3));
    result = task.get(4);
  }

  /** Plays a worker; the argument is its configuration file. */
  public static void main(String[] arguments) throws Exception {
    FakeWorkerMain worker = new FakeWorkerMain(Path.of(arguments[0]).resolveSibling("."));
    Runtime.getRuntime().addShutdownHook(new Thread(worker::stopAndHalt));
    worker.exitCode = worker.work();
    worker.ended.countDown();
    if (!worker.stop) {
      System.exit(worker.exitCode);
    }
  }

  private void stopAndHalt() {
    stop = true;
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(exitCode);
  }

  private int work() throws IOException, InterruptedException {
    try (FileChannel lock =
        FileChannel.open(
            folder.resolve(TrialFiles.LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      if (lock.tryLock() == null) {
        append(DOUBLED, ProcessHandle.current().pid() + "\n");
        return 75;
      }
      String own = ProcessIdentity.of(ProcessHandle.current(), Instant.now()).text();
      lock.write(ByteBuffer.wrap(own.getBytes(UTF_8)));
      if (metrics) {
        serve();
      }
      return onDevice();
    }
  }

  /** Holds the GPU that it sees, which no other worker may hold. */
  private int onDevice() throws IOException, InterruptedException {
    String device = System.getenv().getOrDefault("CUDA_VISIBLE_DEVICES", "");
    if (device.isEmpty()) {
      return train();
    }
    try (FileChannel held =
        FileChannel.open(
            folder.resolve("../../" + device),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE)) {
      if (held.tryLock() == null) {
        append(DOUBLED, device + "\n");
        return 75;
      }
      append(DEVICES, device + "\n");
      return train();
    }
  }

  /** Gives up if a step was lost or done twice on the way. */
  private int train() throws IOException, InterruptedException {
    long state = FakeTraining.START;
    Path checkpoint = folder.resolve(TrialFiles.CHECKPOINT);
    if (Files.exists(checkpoint)) {
      String[] saved = Files.readString(checkpoint).split(" ", -1);
      done = Long.parseLong(saved[0]);
      state = Long.parseLong(saved[1]);
    }
    long step = done;
    while (step < steps) {
      long until = Math.min(steps, step + Math.max(1, steps / CHUNKS));
      while (step < until) {
        step++;
        state = FakeTraining.step(state, step);
      }
      done = step;
      Thread.sleep(millis / CHUNKS);
      replace(TrialFiles.CHECKPOINT, done + " " + state);
      append(TrialFiles.CURVE, done + "\n");
      if (stop) {
        return 143;
      }
    }
    if (state != wanted) {
      return 42;
    }
    replace(TrialFiles.RESULT, result);
    return 0;
  }

  private void serve() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        ProgressReport.PATH,
        exchange -> {
          byte[] report = report().getBytes(UTF_8);
          exchange.sendResponseHeaders(200, report.length);
          exchange.getResponseBody().write(report);
          exchange.close();
        });
    server.start();
    replace(TrialFiles.METRICS_PORT, server.getAddress().getPort() + "\n");
  }

  private String report() {
    return "{\"trial\":\"%s\",\"progress\":{\"step\":%d,\"ratio\":%s,\"trainLoss\":0.5}}"
        .formatted(folder.normalize().getFileName(), done, (double) done / steps);
  }

  private void replace(String file, String content) throws IOException {
    Path temporary = folder.resolve(file + ".tmp");
    Files.writeString(temporary, content);
    Files.move(temporary, folder.resolve(file), StandardCopyOption.ATOMIC_MOVE);
  }

  private void append(String file, String line) throws IOException {
    Files.writeString(
        folder.resolve(file), line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
